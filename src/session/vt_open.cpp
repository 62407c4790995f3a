#include "session/vt_open.hpp"

#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "session/privileges.hpp"

namespace drmshow {
namespace {

UniqueFd open_terminal(const char* path) {
  const PrivilegesRaised raised;
  return UniqueFd{::open(path, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)};
}

}  // namespace

void throw_vt_error(const std::string& what, int errnum) {
  if (errnum == EPERM || errnum == EACCES) {
    throw Error{Failure::no_permission, what,
                "Log in on that console and start drm-show there, or run it as root: sudo drm-show "
                "(it takes CAP_SYS_TTY_CONFIG).",
                errnum};
  }
  throw Error{Failure::unexpected, what, {}, errnum};
}

UniqueFd open_console() {
  UniqueFd console = open_terminal("/dev/tty0");
  if (console) return console;
  const int errnum = errno;
  if (errnum == ENOENT || errnum == ENXIO || errnum == ENODEV) {
    throw Error{Failure::usage, "this machine has no virtual terminals: cannot open /dev/tty0",
                "Leave --tty away, or use --no-vt.", errnum};
  }
  throw_vt_error("cannot open /dev/tty0", errnum);
}

OpenVt open_vt(int number) {
  if (number < 1 || number > most_vts) {
    throw Error{Failure::usage, fmt::format("there is no VT {}", number),
                fmt::format("They go from 1 to {}.", most_vts)};
  }
  OpenVt vt{number, open_terminal(vt_path(number).data())};
  if (!vt.fd) throw_vt_error(fmt::format("cannot open {}", vt_path(number).data()), errno);
  return vt;
}

}  // namespace drmshow
