#include "session/vt_state.hpp"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <linux/kd.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drm-show/fd.hpp"
#include "session/vt_number.hpp"

namespace drmshow {
namespace {

int errno_of(int result) noexcept {
  return result < 0 ? errno : 0;
}

int set_keyboard(const VtState& vt, int fd) noexcept {
  int mode = 0;
  if (::ioctl(fd, KDGKBMODE, &mode) == 0 && mode == vt.keyboard_mode) return 0;
  return errno_of(::ioctl(fd, KDSKBMODE, vt.keyboard_mode));
}

int first_of(int one, int other) noexcept {
  return one != 0 ? one : other;
}

// The switch that waits is completed before VT_SETMODE, which would forget it.
VtRestored restore_switching(int fd) noexcept {
  VtRestored restored;
  if (::ioctl(fd, VT_RELDISP, 1) == 0) restored.switched_to = shown_vt(fd);
  vt_mode automatic{};
  automatic.mode = VT_AUTO;
  restored.errnum = errno_of(::ioctl(fd, VT_SETMODE, &automatic));
  return restored;
}

VtRestored restore_through(const VtState& vt, int fd, VtPart part) noexcept {
  int errnum = 0;
  if (part != VtPart::switching) {
    errnum = set_keyboard(vt, fd);
    errnum = first_of(errnum, errno_of(::ioctl(fd, KDSETMODE, vt.text_mode)));
  }
  if (part == VtPart::text) return {.errnum = errnum};
  VtRestored restored = restore_switching(fd);
  restored.errnum = first_of(errnum, restored.errnum);
  return restored;
}

// It gives the terminal up again, or its end would hang up whoever has opened it meanwhile.
int restore_as_session_leader(const VtState& vt, int fd, VtPart part) noexcept {
  if (::setsid() < 0 || ::ioctl(fd, TIOCSCTTY, 0) < 0) return errno;
  const int errnum = restore_through(vt, fd, part).errnum;
  ::ioctl(fd, TIOCNOTTY);
  return errnum;
}

// A child, since leaders of process groups cannot begin a session.
int restore_in_child(const VtState& vt, int fd, VtPart part) noexcept {
  const pid_t child = ::_Fork();
  if (child < 0) return errno;
  if (child == 0) ::_exit(restore_as_session_leader(vt, fd, part));
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return errno;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

// The end of a session's leader hangs up its terminal: every descriptor of it answers EIO, and
// nobody has the right to change it by belonging there any more.
UniqueFd open_anew(const VtState& vt) noexcept {
  return UniqueFd{::open(vt_path(vt.number).data(), O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK)};
}

VtRestored restore_anew(const VtState& vt, VtPart part) noexcept {
  const UniqueFd fd = open_anew(vt);
  if (!fd) return {.errnum = errno};
  VtRestored restored = restore_through(vt, fd.get(), part);
  if (restored.errnum == EPERM) restored.errnum = restore_in_child(vt, fd.get(), part);
  return restored;
}

}  // namespace

bool keys_are_usable(int keyboard_mode) noexcept {
  return keyboard_mode == K_UNICODE || keyboard_mode == K_XLATE;
}

std::optional<VtState> read_vt_state(int fd, int number) noexcept {
  VtState vt{.number = number, .fd = fd, .text_mode = KD_TEXT};
  if (::ioctl(fd, KDGKBMODE, &vt.keyboard_mode) < 0 || ::ioctl(fd, VT_GETMODE, &vt.switching) < 0) {
    return std::nullopt;
  }
  if (!keys_are_usable(vt.keyboard_mode)) vt.keyboard_mode = K_UNICODE;
  return vt;
}

int shown_vt(int vt_fd) noexcept {
  vt_stat state{};
  return ::ioctl(vt_fd, VT_GETSTATE, &state) == 0 ? state.v_active : 0;
}

int text_mode(const VtState& vt) noexcept {
  int mode = KD_TEXT;
  if (::ioctl(vt.fd, KDGETMODE, &mode) == 0) return mode;
  const UniqueFd anew = open_anew(vt);
  return anew && ::ioctl(anew.get(), KDGETMODE, &mode) == 0 ? mode : -1;
}

VtRestored restore_vt(const VtState& vt, VtPart part) noexcept {
  const VtRestored restored = restore_through(vt, vt.fd, part);
  return restored.errnum == EIO || restored.errnum == EPERM ? restore_anew(vt, part) : restored;
}

void return_from_vt(const VtState& vt) noexcept {
  if (vt.return_to == 0) return;
  const UniqueFd anew = shown_vt(vt.fd) == 0 ? open_anew(vt) : UniqueFd{};
  const int fd = anew ? anew.get() : vt.fd;
  if (shown_vt(fd) == vt.number) ::ioctl(fd, VT_ACTIVATE, vt.return_to);
}

}  // namespace drmshow
