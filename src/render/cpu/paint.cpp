#include "render/cpu/paint.hpp"

#include <cassert>
#include <cstring>
#include <span>
#include <vector>

#include "render/cpu/pixel_packing.hpp"

namespace drmshow {

unsigned bits_per_pixel(Format format) {
  return format == formats::rgb565 ? 16 : 32;
}

void paint(const Picture& picture, const Mapping& mapping, Format format) {
  const Size size = picture.size();
  std::vector<Pixel> row(static_cast<std::size_t>(size.width));
  std::vector<std::uint16_t> packed(format == formats::rgb565 ? row.size() : 0);
  for (int y = 0; y < size.height; ++y) {
    if (y == 0 || !picture.repeats_row(y)) {
      picture.draw_row(y, row);
      if (!packed.empty()) pack_rgb565(row, packed);
    }
    const auto source =
        packed.empty() ? std::as_bytes(std::span{row}) : std::as_bytes(std::span{packed});
    const auto line = mapping.line(y);
    assert(source.size() <= line.size());
    std::memcpy(line.data(), source.data(), source.size());
  }
}

}  // namespace drmshow
