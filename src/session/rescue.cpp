#include "session/rescue.hpp"

#include <cerrno>
#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <linux/kd.h>
#include <linux/vt.h>
#include <sys/ioctl.h>
#include <termios.h>

#include "drm-show/error.hpp"
#include "session/display_holder.hpp"
#include "session/vt_number.hpp"
#include "session/vt_open.hpp"
#include "session/vt_state.hpp"

namespace drmshow {
namespace {

// A guard needs less than a second.
constexpr int most_holder_looks = 10;
constexpr std::chrono::milliseconds holder_pause{100};

const char* keyboard_word(int mode) {
  switch (mode) {
    case K_RAW:
    case K_MEDIUMRAW:
      return "raw";
    case K_OFF:
      return "switched off";
    case K_XLATE:
      return "8-bit characters";
    default:
      return "Unicode";
  }
}

VtFound look_at(int fd, int number) {
  VtFound found{.number = number};
  vt_mode switching{};
  if (::ioctl(fd, KDGETMODE, &found.text_mode) != 0 ||
      ::ioctl(fd, KDGKBMODE, &found.keyboard_mode) != 0 ||
      ::ioctl(fd, VT_GETMODE, &switching) != 0) {
    throw_vt_error(fmt::format("VT {}: cannot read its state", number), errno);
  }
  found.switched_by_a_program = switching.mode == VT_PROCESS;
  return found;
}

// Whether the system's consoles speak UTF-8.
int keyboard_mode_of_the_system() {
  std::ifstream file{"/sys/module/vt/parameters/default_utf8"};
  return file.get() == '0' ? K_XLATE : K_UNICODE;
}

// As after a login: lines, echo, Ctrl-C and Ctrl-Z.
void make_sane(int fd) {
  termios settings{};
  if (::tcgetattr(fd, &settings) != 0) return;
  settings.c_iflag |= BRKINT | ICRNL | IXON;
  settings.c_oflag |= OPOST | ONLCR;
  settings.c_lflag |= ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
  settings.c_cc[VINTR] = 3;
  settings.c_cc[VQUIT] = 28;
  settings.c_cc[VSUSP] = 26;
  settings.c_cc[VEOF] = 4;
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
  ::tcsetattr(fd, TCSANOW, &settings);
}

OpenVt open_wished(std::optional<int> number) {
  const UniqueFd console = open_console();
  return open_vt(number ? *number : shown_vt(console.get()));
}

}  // namespace

std::string account_of_rescue(const VtFound& found, const VtFound& after) {
  std::vector<std::string> lines;
  if (found.text_mode != after.text_mode) lines.emplace_back("it was in graphics mode, now text");
  if (found.keyboard_mode != after.keyboard_mode) {
    lines.push_back(fmt::format("its keyboard was {}, now {}", keyboard_word(found.keyboard_mode),
                                keyboard_word(after.keyboard_mode)));
  }
  if (found.switched_by_a_program && !after.switched_by_a_program) {
    lines.emplace_back("a program was in charge of switching, now the kernel is");
  }
  if (lines.empty()) {
    return fmt::format("VT {} is in order: only its terminal settings were reset.\n", found.number);
  }
  return fmt::format("VT {}: {}; its terminal settings were reset.\n", found.number,
                     fmt::join(lines, "; "));
}

Rescued rescue_vt(std::optional<int> number) {
  const OpenVt vt = open_wished(number);
  const VtFound found = look_at(vt.fd.get(), vt.number);
  VtState wanted{.number = vt.number, .fd = vt.fd.get(), .text_mode = KD_TEXT};
  wanted.keyboard_mode =
      keys_are_usable(found.keyboard_mode) ? found.keyboard_mode : keyboard_mode_of_the_system();
  if (const int errnum = restore_vt(wanted).errnum) {
    throw_vt_error(fmt::format("VT {} cannot be brought back", vt.number), errnum);
  }
  make_sane(vt.fd.get());
  return {account_of_rescue(found, look_at(vt.fd.get(), vt.number)),
          shown_vt(vt.fd.get()) == vt.number};
}

void require_free_display() {
  auto holders = find_display_holders();
  for (int i = 0; !holders.empty() && i < most_holder_looks; ++i) {
    std::this_thread::sleep_for(holder_pause);
    holders = find_display_holders();
  }
  refuse_holders(holders);
}

}  // namespace drmshow
