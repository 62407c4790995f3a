// Finding devices: udev's view of sysfs, which works without a running udevd.
#include <algorithm>
#include <charconv>
#include <memory>

#include <libudev.h>

#include "drm-show/device_list.hpp"

namespace drmshow {
namespace {

template <auto unref>
struct Unref {
  template <class T>
  void operator()(T* object) const noexcept {
    unref(object);
  }
};
using UdevPtr = std::unique_ptr<udev, Unref<udev_unref>>;
using EnumeratePtr = std::unique_ptr<udev_enumerate, Unref<udev_enumerate_unref>>;
using UdevDevicePtr = std::unique_ptr<udev_device, Unref<udev_device_unref>>;

std::string text(const char* maybe) {
  return maybe ? maybe : "";
}

DeviceInfo describe(udev_device* device) {
  DeviceInfo info;
  info.node = text(udev_device_get_devnode(device));
  // Parents belong to the child and are not unreferenced.
  if (udev_device* parent = udev_device_get_parent(device)) {
    info.kernel_driver = text(udev_device_get_driver(parent));
  }
  if (udev_device* pci = udev_device_get_parent_with_subsystem_devtype(device, "pci", nullptr)) {
    info.pci_slot = text(udev_device_get_sysname(pci));
  }
  return info;
}

/// The N of "cardN": so that card10 comes after card9.
int node_number(const DeviceInfo& info) {
  const std::string name = info.node.filename().string();
  const auto digits = std::ranges::find_if(name, [](char c) { return c >= '0' && c <= '9'; });
  int number = 0;
  std::from_chars(name.data() + (digits - name.begin()), name.data() + name.size(), number);
  return number;
}

}  // namespace

std::vector<DeviceInfo> list_devices() {
  std::vector<DeviceInfo> devices;
  const UdevPtr context{udev_new()};
  if (!context) return devices;
  const EnumeratePtr search{udev_enumerate_new(context.get())};
  udev_enumerate_add_match_subsystem(search.get(), "drm");
  udev_enumerate_add_match_sysname(search.get(), "card[0-9]*");
  udev_enumerate_scan_devices(search.get());
  udev_list_entry* entry = nullptr;
  udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(search.get())) {
    const UdevDevicePtr device{
        udev_device_new_from_syspath(context.get(), udev_list_entry_get_name(entry))};
    // Connectors ("card0-DP-1") match the pattern too, but have no device node.
    if (device && udev_device_get_devnode(device.get())) {
      devices.push_back(describe(device.get()));
    }
  }
  std::ranges::sort(devices, {}, node_number);
  return devices;
}

}  // namespace drmshow
