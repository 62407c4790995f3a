// JPEG through libjpeg-turbo: baseline, progressive and arithmetic; gray, RGB, YCbCr, CMYK, YCCK.
#pragma once

#include <memory>
#include <string>

#include "content/byte_source.hpp"
#include "content/image_reader.hpp"

namespace drmshow {

/// Opens what sniff_format() took for a JPEG; `name` is used in errors.
std::unique_ptr<ImageReader> open_jpeg(ByteSource source, std::string name);

}  // namespace drmshow
