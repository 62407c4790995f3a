// What the kernel announces about DRM devices: hotplug, properties it changed, devices that come
// and go. The kernel's own events ("kernel", not "udev"): they also come when no udevd runs.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "drm-show/id.hpp"

struct udev;
struct udev_device;
struct udev_monitor;

namespace drmshow {

struct Uevent {
  std::string action;     ///< "add", "remove", "change"
  std::string node;       ///< "/dev/dri/card0"; empty for connectors, which have none
  std::string name;       ///< of the object in sysfs: "card0", "card0-DP-1"
  bool hotplug = false;   ///< HOTPLUG=1: some connector changed
  ConnectorId connector;  ///< CONNECTOR=: only this one did; none if not told
  PropertyId property;    ///< PROPERTY=: only this property of it; none if not told
};

class Uevents {
 public:
  /// Without permission to listen (some containers) nothing is ever announced.
  Uevents();
  ~Uevents();
  Uevents(const Uevents&) = delete;
  Uevents& operator=(const Uevents&) = delete;

  /// To poll for input; -1 if it cannot listen.
  int fd() const;
  /// The next that has arrived; nullopt if there is none.
  std::optional<Uevent> next();

 private:
  struct Unref {
    void operator()(udev* context) const noexcept;
    void operator()(udev_monitor* monitor) const noexcept;
  };

  std::unique_ptr<udev, Unref> context_;
  std::unique_ptr<udev_monitor, Unref> monitor_;
};

}  // namespace drmshow
