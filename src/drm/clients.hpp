// Who else has the device open, where the kernel tells: /sys/kernel/debug/dri/N/clients (root
// only).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drmshow {

struct DrmClient {
  std::string command;
  int pid = 0;
  friend bool operator==(const DrmClient&, const DrmClient&) = default;
};

/// Finds those that are master in the text of debugfs' `clients` file (drm_debugfs.c: columns
/// command, tgid, dev, master, …; a command may contain spaces). Who has leased objects is master
/// of these: so there may be several.
std::vector<DrmClient> parse_masters(std::string_view clients);

/// All masters of the primary node with this minor number; nullopt if the kernel does not tell us.
std::optional<std::vector<DrmClient>> find_masters(unsigned minor);

/// The first of them; nullopt if there is none, too.
std::optional<DrmClient> find_master(unsigned minor);

}  // namespace drmshow
