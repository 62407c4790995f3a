// QOI, the Quite OK Image Format, version 1.0 (https://qoiformat.org/qoi-specification.pdf).
#pragma once

#include <memory>
#include <string>

#include "content/byte_source.hpp"
#include "content/image_reader.hpp"

namespace drmshow {

/// Opens what sniff_format() took for a QOI; `name` is used in errors.
std::unique_ptr<ImageReader> open_qoi(ByteSource source, std::string name);

}  // namespace drmshow
