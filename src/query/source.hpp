// Where reports come from: the devices of this machine, or a file that they were saved to.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kms/report.hpp"

namespace drmshow {

struct Source {
  std::string device;          ///< which one: see select_node(); all if empty
  std::filesystem::path file;  ///< instead of this machine's devices: "-" is stdin; none if empty
  ProbePolicy probe = ProbePolicy::current;
};

/// Reads them, in the order of their nodes. A device whose node may not be opened tells what sysfs
/// does. Throws Error: no_device, bad_content, device_lost.
std::vector<Report> read_reports(const Source& source);

/// Throws the Error for a machine without any DRM device.
[[noreturn]] void throw_no_device();

/// Whether `selector` means this device: a path ("/dev/dri/card1"), a node's name ("card1"), its
/// number ("1"), a DRM driver's name ("virtio_gpu") or a PCI slot ("0000:00:02.0", "00:02.0").
bool is_selected(const Report& report, const std::string& selector);

}  // namespace drmshow
