// Tells file formats apart by their first bytes; names are never trusted.
#pragma once

#include <cstddef>
#include <span>

namespace drmshow {

enum class ImageFormat { png, jpeg, netpbm, qoi, unknown };

ImageFormat sniff_format(std::span<const std::byte> head);

/// What a file that is no image of ours seems to be ("a WebP image", "a text file"), for a message.
const char* describe_unknown(std::span<const std::byte> head);

}  // namespace drmshow
