// PNG through libpng: every bit depth, palettes, transparency, interlacing.
#pragma once

#include <memory>
#include <string>

#include "content/byte_source.hpp"
#include "content/image_reader.hpp"

namespace drmshow {

/// Opens what sniff_format() took for a PNG; `name` is used in errors.
std::unique_ptr<ImageReader> open_png(ByteSource source, std::string name);

}  // namespace drmshow
