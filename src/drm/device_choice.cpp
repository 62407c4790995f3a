// Device::open: from what the user said to an open device.
#include <algorithm>
#include <exception>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.hpp"
#include "drm-show/device.hpp"
#include "drm-show/error.hpp"
#include "drm/drm_ptr.hpp"
#include "drm/node.hpp"

namespace drmshow {
namespace {

bool drives_displays(const Device& device) {
  return ResourcesPtr{drmModeGetResources(device.fd())} != nullptr;
}

bool has_connected_output(const Device& device) {
  const ResourcesPtr resources{drmModeGetResources(device.fd())};
  if (!resources) return false;
  for (int i = 0; i < resources->count_connectors; ++i) {
    // A probing read: what the kernel remembers may be from before the cable was plugged.
    const ConnectorPtr connector{drmModeGetConnector(device.fd(), resources->connectors[i])};
    if (connector && connector->connection == DRM_MODE_CONNECTED) return true;
  }
  return false;
}

[[noreturn]] void throw_no_devices() {
  const bool has_folder = std::filesystem::exists("/dev/dri");
  throw Error{Failure::no_device,
              has_folder ? "no DRM device in /dev/dri can drive a display"
                         : "there is no DRM device: /dev/dri does not exist",
              "Load your graphics driver (for example: modprobe i915, amdgpu, virtio_gpu), or "
              "use a virtual display (in the source tree: scripts/try)."};
}

// Opens devices in order until `fits` says yes to one. An error (say, no permission) only counts
// when no device fits.
template <class Fits>
std::optional<Device> first_device(const NodeOpener& opener, Fits fits,
                                   std::exception_ptr& first_error) {
  for (const DeviceInfo& info : list_devices()) {
    try {
      Device device{opener(info.node), info.node};
      if (fits(device, info)) return device;
    } catch (const Error&) {
      if (!first_error) first_error = std::current_exception();
    }
  }
  return std::nullopt;
}

Device open_default(const NodeOpener& opener) {
  std::exception_ptr error;
  bool any_display = false;
  auto fits = [&](const Device& device, const DeviceInfo&) {
    any_display = any_display || drives_displays(device);
    return has_connected_output(device);
  };
  if (auto device = first_device(opener, fits, error)) return std::move(*device);
  if (error) std::rethrow_exception(error);
  if (!any_display) throw_no_devices();
  throw Error{
      Failure::no_output, "no device has a connected output",
      "Plug a display in (drm-show --wait waits for one), or see what the kernel thinks of each "
      "connector with: grep . /sys/class/drm/card*/status"};
}

bool is_slot(const DeviceInfo& info, const std::string& selector) {
  return !info.pci_slot.empty() &&
         (info.pci_slot == selector || info.pci_slot == "0000:" + selector);
}

[[noreturn]] void throw_unknown_device(const std::string& selector, const NodeOpener& opener) {
  std::vector<std::string> names;
  for (const DeviceInfo& info : list_devices()) {
    names.push_back(info.node.filename().string());
    try {
      names.push_back(Device{opener(info.node), info.node}.driver());
    } catch (const Error&) {
      continue;  // only a suggestion is lost
    }
    if (!info.pci_slot.empty()) names.push_back(info.pci_slot);
  }
  if (names.empty()) throw_no_devices();
  throw Error{
      Failure::no_device, fmt::format("there is no DRM device \"{}\"", selector),
      fmt::format("{}There are: {}.", did_you_mean(selector, names), fmt::join(names, ", "))};
}

}  // namespace

Device Device::open(const std::string& selector) {
  return open(selector, [](const std::filesystem::path& node) { return open_node(node, O_RDWR); });
}

Device Device::open(const std::string& selector, const NodeOpener& opener) {
  if (selector.empty()) return open_default(opener);
  if (selector.find('/') != std::string::npos) return Device{opener(selector), selector};
  std::exception_ptr error;
  auto by_name = [&](const Device& device, const DeviceInfo& info) {
    return info.node.filename() == selector || device.driver() == selector ||
           is_slot(info, selector);
  };
  if (auto device = first_device(opener, by_name, error)) return std::move(*device);
  if (error) std::rethrow_exception(error);
  throw_unknown_device(selector, opener);
}

}  // namespace drmshow
