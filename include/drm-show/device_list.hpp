// Which DRM devices there are, without opening any.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "drm-show/export.hpp"

namespace drmshow {

/// What the system says about a device without opening it.
struct DeviceInfo {
  std::filesystem::path node;  ///< /dev/dri/card0
  std::string kernel_driver;   ///< driver of the parent device ("virtio-pci", "i915"); may be empty
  std::string pci_slot;        ///< "0000:00:02.0", or empty when it is not on a PCI bus
};

/// Every primary node that udev/sysfs knows, ordered by number. (libdrm's own list leaves out
/// devices on buses that it does not know.)
DRMSHOW_API std::vector<DeviceInfo> list_devices();

/// Only the nodes of list_devices(), in its order: without a look at what is behind them.
DRMSHOW_API std::vector<std::filesystem::path> list_nodes();

}  // namespace drmshow
