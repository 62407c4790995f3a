// Binary PGM (P5) and PPM (P6), 8 or 16 bits a sample: netpbm's manual pages pgm(5) and ppm(5).
#pragma once

#include <memory>
#include <string>

#include "content/byte_source.hpp"
#include "content/image_reader.hpp"

namespace drmshow {

/// Opens what sniff_format() took for a binary PGM or PPM; `name` is used in errors.
std::unique_ptr<ImageReader> open_netpbm(ByteSource source, std::string name);

}  // namespace drmshow
