#include "render/cpu/fit.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>

namespace drmshow {
namespace {

constexpr SourceRect all_of(Size image) {
  return {0, 0, static_cast<double>(image.width), static_cast<double>(image.height)};
}

constexpr Rect centred(Size size, Size screen) {
  return {{(screen.width - size.width) / 2, (screen.height - size.height) / 2}, size};
}

/// round(length * numerator / denominator), at least 1.
constexpr int scaled(int length, int numerator, int denominator) {
  const std::int64_t twice = 2 * std::int64_t{length} * numerator;
  return std::max(1, static_cast<int>((twice + denominator) / (2 * std::int64_t{denominator})));
}

/// Is the picture wider in shape than the screen, or of the same shape?
constexpr bool is_wider(Size image, Size screen) {
  return std::int64_t{image.width} * screen.height >= std::int64_t{image.height} * screen.width;
}

Placement contain(Size image, Size screen) {
  const Size size = is_wider(image, screen)
                        ? Size{screen.width, scaled(image.height, screen.width, image.width)}
                        : Size{scaled(image.width, screen.height, image.height), screen.height};
  return {all_of(image), centred(size, screen)};
}

Placement cover(Size image, Size screen) {
  SourceRect part = all_of(image);
  if (is_wider(image, screen)) {
    part.width = part.height * screen.width / screen.height;
    part.x = (image.width - part.width) / 2;
  } else {
    part.height = part.width * screen.height / screen.width;
    part.y = (image.height - part.height) / 2;
  }
  return {part, {{}, screen}};
}

Placement unscaled(Size image, Size screen) {
  const Size size{std::min(image.width, screen.width), std::min(image.height, screen.height)};
  const Rect part = centred(size, image);
  return {{static_cast<double>(part.x), static_cast<double>(part.y),
           static_cast<double>(part.width), static_cast<double>(part.height)},
          centred(size, screen)};
}

}  // namespace

Placement place(Fit fit, Size image, Size screen) {
  assert(!image.empty() && !screen.empty());
  switch (fit) {
    case Fit::contain:
      return contain(image, screen);
    case Fit::cover:
      return cover(image, screen);
    case Fit::none:
      return unscaled(image, screen);
    case Fit::stretch:
      break;
  }
  return {all_of(image), {{}, screen}};
}

}  // namespace drmshow
