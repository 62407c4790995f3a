// Capabilities by name: of the driver (DRM_CAP_*) and for clients (DRM_CLIENT_CAP_*).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace drmshow {

struct NamedCap {
  std::string_view name;  ///< without its prefix
  std::uint64_t number;
};

/// All of Linux 7.2's, in the order of their numbers.
std::span<const NamedCap> driver_caps();
std::span<const NamedCap> client_caps();

}  // namespace drmshow
