// Which GPU draws for which display. Pure.
//
// The best one is the display's own: frames need no copy and no conversion between them. On many
// boards display and GPU are devices of their own, and any GPU will do that can share memory. A
// processor that plays GPU comes last.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace drmshow {

/// The number of a device node (VkPhysicalDeviceDrmPropertiesEXT, stat's st_rdev).
struct NodeNumber {
  std::int64_t major = 0;
  std::int64_t minor = 0;
  friend bool operator==(const NodeNumber&, const NodeNumber&) = default;
};

enum class GpuKind : std::uint8_t { integrated, discrete, virtual_gpu, software, other };

/// A Vulkan device, as far as the choice is about it.
struct GpuInfo {
  std::string name;    ///< "AMD Radeon RX 6600 (RADV NAVI23)"
  std::string driver;  ///< "radv"
  GpuKind kind = GpuKind::other;
  std::optional<NodeNumber> primary;  ///< its DRM nodes, where VK_EXT_physical_device_drm tells
  std::optional<NodeNumber> render;
  std::string lacks;  ///< why it cannot draw for us: "Vulkan 1.3"; empty if it can
};

/// The nodes of the device whose displays are lit; none if there is no display.
struct DisplayNodes {
  std::optional<NodeNumber> primary;
  std::optional<NodeNumber> render;
};

struct GpuChoice {
  std::size_t index = 0;
  std::string reason;  ///< for people: "it is the display's own"
  bool is_displays_own = false;
};

/// `wish`: empty, "#1" (its place in `gpus`, from 0), "software", or a part of a name or driver's
/// name in any case. Throws Error (gpu) if there is none, or none such; the hint lists what is
/// there.
GpuChoice choose_gpu(std::span<const GpuInfo> gpus, const DisplayNodes& display,
                     std::string_view wish);

/// "AMD Radeon RX 6600 (RADV NAVI23), radv, discrete"
std::string to_string(const GpuInfo& gpu);

}  // namespace drmshow
