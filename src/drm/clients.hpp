// Who else has the device open, where the kernel tells: /sys/kernel/debug/dri/N/clients (root
// only).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace drmshow {

struct DrmClient {
  std::string command;
  int pid = 0;
  friend bool operator==(const DrmClient&, const DrmClient&) = default;
};

/// Finds the master in the text of debugfs' `clients` file (drm_debugfs.c: columns command, tgid,
/// dev, master, …; a command may contain spaces).
std::optional<DrmClient> parse_master(std::string_view clients);

/// The master of the primary node with this minor number; nullopt if there is none or the kernel
/// does not tell us.
std::optional<DrmClient> find_master(unsigned minor);

}  // namespace drmshow
