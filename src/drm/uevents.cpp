#include "drm/uevents.hpp"

#include <cstdlib>
#include <string_view>

#include <libudev.h>

namespace drmshow {
namespace {

std::string text(const char* maybe) {
  return maybe ? maybe : "";
}

std::uint32_t number(udev_device* device, const char* key) {
  const char* value = udev_device_get_property_value(device, key);
  return value ? static_cast<std::uint32_t>(std::strtoul(value, nullptr, 10)) : 0;
}

}  // namespace

void Uevents::Unref::operator()(udev* context) const noexcept {
  udev_unref(context);
}
void Uevents::Unref::operator()(udev_monitor* monitor) const noexcept {
  udev_monitor_unref(monitor);
}

Uevents::Uevents() : context_{udev_new()} {
  if (!context_) return;
  monitor_.reset(udev_monitor_new_from_netlink(context_.get(), "kernel"));
  if (!monitor_) return;
  udev_monitor_filter_add_match_subsystem_devtype(monitor_.get(), "drm", nullptr);
  if (udev_monitor_enable_receiving(monitor_.get()) < 0) monitor_.reset();
}

Uevents::~Uevents() = default;

int Uevents::fd() const {
  return monitor_ ? udev_monitor_get_fd(monitor_.get()) : -1;
}

std::optional<Uevent> Uevents::next() {
  udev_device* device = monitor_ ? udev_monitor_receive_device(monitor_.get()) : nullptr;
  if (!device) return std::nullopt;
  Uevent event{text(udev_device_get_action(device)),     text(udev_device_get_devnode(device)),
               text(udev_device_get_sysname(device)),    number(device, "HOTPLUG") == 1,
               ConnectorId{number(device, "CONNECTOR")}, PropertyId{number(device, "PROPERTY")}};
  udev_device_unref(device);
  return event;
}

}  // namespace drmshow
