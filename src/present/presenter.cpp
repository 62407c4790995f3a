#include "drm-show/presenter.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "render/cpu/paint.hpp"

namespace drmshow {

Presenter::~Presenter() = default;

std::size_t Presenter::stream_of(std::size_t output) const {
  const auto all = streams();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::ranges::find(all[i].outputs, output) != all[i].outputs.end()) return i;
  }
  throw Error{Failure::usage, fmt::format("there is no output number {}", output)};
}

std::optional<Canvas> Presenter::acquire() {
  for (std::size_t i = 0; i < streams().size(); ++i) {
    if (auto canvas = acquire(i)) return canvas;
  }
  return std::nullopt;
}

void Presenter::draw(const Canvas& canvas, const Picture& picture) {
  paint(picture, *canvas.mapping, canvas.format);
}

void Presenter::close() {
  for (std::size_t i = 0; i < streams().size(); ++i) close(i);
}

bool Presenter::finished() const {
  for (std::size_t i = 0; i < streams().size(); ++i) {
    if (!finished(i)) return false;
  }
  return true;
}

}  // namespace drmshow
