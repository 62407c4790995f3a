// The parts of decode(): from the bytes of a blob to what they mean. Each gives a BadBlob for bytes
// that its property cannot have. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "query/values/decoded.hpp"

namespace drmshow {

using BlobBytes = std::span<const std::byte>;

Decoded decode_ctm(BlobBytes);         ///< struct drm_color_ctm
Decoded decode_ctm_3x4(BlobBytes);     ///< struct drm_color_ctm_3x4
Decoded decode_lut(BlobBytes);         ///< array of struct drm_color_lut
Decoded decode_lut32(BlobBytes);       ///< array of struct drm_color_lut32
Decoded decode_hdr_output(BlobBytes);  ///< struct hdr_output_metadata
Decoded decode_tile(BlobBytes);
Decoded decode_text(BlobBytes);

/// What the values of an object property stand for. Its name helps where its type is missing.
std::optional<ObjectKind> referenced_kind(const PropertyInfo& info);

}  // namespace drmshow
