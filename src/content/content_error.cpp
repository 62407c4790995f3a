#include "content/content_error.hpp"

#include <fmt/format.h>

#include "content/image_reader.hpp"
#include "drm-show/error.hpp"

namespace drmshow {

void fail_damaged(const std::string& name, std::string_view format, std::string_view reason,
                  const ByteSource& source) {
  if (source.errnum() != 0)
    throw Error{Failure::bad_content, name + ": cannot be read", "", source.errnum()};
  throw Error{Failure::bad_content, fmt::format("{}: damaged {}: {}", name, format, reason),
              "Copy the file again from where it came from, or choose another."};
}

Size checked_size(const std::string& name, std::uint64_t width, std::uint64_t height) {
  if (width == 0 || height == 0)
    throw Error{Failure::bad_content, fmt::format("{}: has no pixels: {}x{}", name, width, height),
                "Choose another file."};
  if (width > kMaxImageSide || height > kMaxImageSide)
    throw Error{Failure::bad_content,
                fmt::format("{}: {}x{} pixels are too many: the limit is {}x{}", name, width,
                            height, kMaxImageSide, kMaxImageSide),
                "Make it smaller first."};
  return {static_cast<int>(width), static_cast<int>(height)};
}

}  // namespace drmshow
