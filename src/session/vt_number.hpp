// Which virtual terminal is which: numbers, device numbers, paths.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include <sys/types.h>

#include "drm-show/fd.hpp"

namespace drmshow {

constexpr int most_vts = 63;  ///< /dev/tty1 to /dev/tty63

/// The VT that a character device is: major 4, minor 1 to 63. Pure.
std::optional<int> vt_of_device(dev_t device) noexcept;

/// "/dev/ttyN" with its NUL. Pure; async-signal-safe.
std::array<char, 16> vt_path(int number) noexcept;

/// The controlling terminal's device in a line of /proc/PID/stat; 0 if there is none. Pure.
dev_t terminal_in_stat(std::string_view line) noexcept;

struct OpenVt {
  int number = 0;
  UniqueFd fd;
};

/// The VT that we are on: our controlling terminal, or else what stdin, stdout or stderr is.
std::optional<OpenVt> find_own_vt();

}  // namespace drmshow
