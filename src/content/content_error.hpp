// The errors that all image decoders share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "content/byte_source.hpp"
#include "drm-show/geometry.hpp"

namespace drmshow {

/// Throws "NAME: damaged FORMAT: REASON", or what the system said if reading itself failed.
[[noreturn]] void fail_damaged(const std::string& name, std::string_view format,
                               std::string_view reason, const ByteSource& source);

/// The size if both sides are 1 to kMaxImageSide; else throws, naming the limit.
Size checked_size(const std::string& name, std::uint64_t width, std::uint64_t height);

}  // namespace drmshow
