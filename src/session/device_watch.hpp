// Notices that a device is taken away (unplugged, driver unbound), from the kernel's uevents.
#pragma once

#include <filesystem>
#include <utility>

#include "drm/uevents.hpp"

namespace drmshow {

class DeviceWatch {
 public:
  /// Without permission to listen (some containers) nothing is ever reported.
  explicit DeviceWatch(std::filesystem::path node) : node_{std::move(node)} {}

  /// To poll for input; -1 if it cannot listen.
  int fd() const { return uevents_.fd(); }
  /// Reads what has arrived; true once the device is gone.
  bool device_is_gone();

 private:
  std::filesystem::path node_;
  Uevents uevents_;
};

}  // namespace drmshow
