// Where a device sits, as sysfs tells.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace drmshow {

struct PciIds {
  std::uint16_t vendor = 0;
  std::uint16_t device = 0;
  std::uint16_t subsystem_vendor = 0;
  std::uint16_t subsystem_device = 0;
  friend bool operator==(const PciIds&, const PciIds&) = default;
};

struct BusInfo {
  std::string type;           ///< "pci", "usb", "platform", "faux", …; empty if not known
  std::string address;        ///< of the device on that bus: "0000:00:02.0", "1-2:1.0", "vkms0"
  std::string kernel_driver;  ///< bound to it: "virtio-pci", "i915"; empty for none
  std::optional<PciIds> pci;
};

/// Of the device behind the DRM node with this minor number. A virtio device tells of the bus that
/// carries it.
BusInfo read_bus(unsigned minor);

/// "/dev/dri/renderD128", or empty if the device has no render node.
std::string render_node(unsigned minor);

}  // namespace drmshow
