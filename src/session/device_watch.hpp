// Notices that a device is taken away (unplugged, driver unbound), from the kernel's uevents.
#pragma once

#include <filesystem>
#include <memory>

struct udev;
struct udev_monitor;

namespace drmshow {

class DeviceWatch {
 public:
  /// Without permission to listen (some containers) nothing is ever reported.
  explicit DeviceWatch(const std::filesystem::path& node);
  ~DeviceWatch();
  DeviceWatch(const DeviceWatch&) = delete;
  DeviceWatch& operator=(const DeviceWatch&) = delete;

  /// To poll for input; -1 if it cannot listen.
  int fd() const;
  /// Reads what has arrived; true once the device is gone.
  bool device_is_gone();

 private:
  struct Unref {
    void operator()(udev* context) const noexcept;
    void operator()(udev_monitor* monitor) const noexcept;
  };

  std::filesystem::path node_;
  std::unique_ptr<udev, Unref> context_;
  std::unique_ptr<udev_monitor, Unref> monitor_;
};

}  // namespace drmshow
