#include "session/device_watch.hpp"

#include <string_view>

#include <libudev.h>

namespace drmshow {
namespace {

std::string_view view(const char* text) {
  return text ? text : "";
}

bool tells_of_removal(udev_device* event, const std::filesystem::path& node) {
  return view(udev_device_get_action(event)) == "remove" &&
         view(udev_device_get_devnode(event)) == node.native();
}

}  // namespace

void DeviceWatch::Unref::operator()(udev* context) const noexcept {
  udev_unref(context);
}
void DeviceWatch::Unref::operator()(udev_monitor* monitor) const noexcept {
  udev_monitor_unref(monitor);
}

// The kernel's own events ("kernel", not "udev"): they also come when no udevd runs.
DeviceWatch::DeviceWatch(const std::filesystem::path& node) : node_{node}, context_{udev_new()} {
  if (!context_) return;
  monitor_.reset(udev_monitor_new_from_netlink(context_.get(), "kernel"));
  if (!monitor_) return;
  udev_monitor_filter_add_match_subsystem_devtype(monitor_.get(), "drm", nullptr);
  if (udev_monitor_enable_receiving(monitor_.get()) < 0) monitor_.reset();
}

DeviceWatch::~DeviceWatch() = default;

int DeviceWatch::fd() const {
  return monitor_ ? udev_monitor_get_fd(monitor_.get()) : -1;
}

bool DeviceWatch::device_is_gone() {
  udev_device* event = udev_monitor_receive_device(monitor_.get());
  if (!event) return false;
  const bool gone = tells_of_removal(event, node_);
  udev_device_unref(event);
  return gone;
}

}  // namespace drmshow
