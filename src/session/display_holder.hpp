// Programs that have a display for themselves (DRM masters): as long as one lives, the kernel's
// console cannot be seen there.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace drmshow {

struct DisplayHolder {
  std::string device;   ///< card0
  std::string command;  ///< empty if the kernel does not tell us (without root)
  int pid = 0;
  bool stopped = false;  ///< by SIGSTOP or a debugger: it answers nobody
};

/// Of all devices that we may open. Where nobody is master, the kernel's console may set its mode
/// anew because of the look.
std::vector<DisplayHolder> find_display_holders();

/// Throws Error (master_taken) that names them, and says how to get rid of them; returns if there
/// are none. Pure.
void refuse_holders(std::span<const DisplayHolder> holders);

}  // namespace drmshow
