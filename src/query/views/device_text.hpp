// What kind of device it is, in words. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kms/report.hpp"
#include "query/text/style.hpp"

namespace drmshow {

/// "card0  virtio_gpu 0.1.0  pci 0000:00:02.0  Linux 6.12.9  master: weston (412)", with what is
/// known; on several lines, the later ones indented, where the screen is narrow.
std::vector<std::string> device_heading(const TextStyle& style, const Report& report);

/// "weston (412)"; "none"; nullopt if the kernel does not tell us.
std::optional<std::string> masters_text(const TextStyle& style, const Report& report);

/// "virtio_gpu 0.1.0"; where only sysfs could be read the kernel driver's name; may be empty.
std::string driver_text(const TextStyle& style, const Report& report);

}  // namespace drmshow
