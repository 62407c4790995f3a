// Pictures to and from 8-bit RGB PNG files, for tests.
#pragma once

#include <string>
#include <vector>

#include "drm-show/picture.hpp"

namespace drmshow::golden {

struct Pixels {
  Size size;
  std::vector<Pixel> data;
};

Pixels draw(const Picture& picture);

/// Both throw std::runtime_error.
void write_png(const std::string& path, const Picture& picture);
Pixels read_png(const std::string& path);

}  // namespace drmshow::golden
