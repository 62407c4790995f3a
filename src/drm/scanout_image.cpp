#include "drm-show/scanout_image.hpp"

#include <string_view>

#include <fmt/format.h>

namespace drmshow {

ScanoutImage::~ScanoutImage() = default;
ImageSource::~ImageSource() = default;

std::string to_string(ImageRung rung) {
  constexpr std::string_view names[] = {"modifier", "linear", "implicit", "display", "copy"};
  return std::string{names[static_cast<std::size_t>(rung)]};
}

std::string to_string(const ImageWay& way) {
  switch (way.rung) {
    case ImageRung::copy:
      return "dumb buffers";
    case ImageRung::modifier:
      return fmt::format("{}, modifier {}", to_string(way.format), to_string(way.modifier));
    default:
      return fmt::format("{}, {}", to_string(way.format), to_string(way.rung));
  }
}

}  // namespace drmshow
