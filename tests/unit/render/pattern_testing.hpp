// What the pattern tests share.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "png_file.hpp"
#include "render/cpu/pattern.hpp"

namespace drmshow {

inline void PrintTo(Size size, std::ostream* out) {
  *out << size.width << 'x' << size.height;
}

}  // namespace drmshow

namespace drmshow::testing {

struct Image {
  golden::Pixels pixels;

  explicit Image(const Picture& picture) : pixels{golden::draw(picture)} {}
  Image(std::string_view name, Size size) : Image{*make_pattern(name, size)} {}

  int width() const { return pixels.size.width; }
  int height() const { return pixels.size.height; }
  Pixel at(int x, int y) const {
    return pixels.data[static_cast<std::size_t>(y) * static_cast<std::size_t>(width()) +
                       static_cast<std::size_t>(x)];
  }
};

inline const Size awkward_sizes[] = {{1, 1},     {2, 1},      {1, 2},      {3, 3},
                                     {2, 7},     {17, 13},    {144, 143},  {149, 161},
                                     {640, 480}, {1366, 768}, {1080, 1920}};

}  // namespace drmshow::testing
