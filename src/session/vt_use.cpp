#include "session/vt_use.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <string_view>

#include <fmt/format.h>
#include <linux/kd.h>
#include <linux/vt.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "session/vt_number.hpp"

namespace drmshow {
namespace {

std::string first_line(const std::filesystem::path& file) {
  std::ifstream stream{file};
  std::string line;
  std::getline(stream, line);
  return line;
}

pid_t pid_of(const std::filesystem::path& folder) {
  const std::string name = folder.filename();
  pid_t pid = 0;
  const auto end = std::from_chars(name.data(), name.data() + name.size(), pid);
  return end.ptr == name.data() + name.size() ? pid : 0;
}

}  // namespace

std::optional<TerminalUser> find_user_of_vt(int number) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator{"/proc", error}) {
    const pid_t pid = pid_of(entry.path());
    if (pid == 0) continue;
    if (vt_of_device(terminal_in_stat(first_line(entry.path() / "stat"))) != number) continue;
    if (::getsid(pid) == ::getsid(0)) continue;
    return TerminalUser{first_line(entry.path() / "comm"), pid};
  }
  return std::nullopt;
}

void require_text_vt(int vt_fd, int number) {
  int text_mode = KD_TEXT;
  vt_mode switching{};
  ::ioctl(vt_fd, KDGETMODE, &text_mode);
  ::ioctl(vt_fd, VT_GETMODE, &switching);
  if (switching.mode == VT_AUTO && text_mode == KD_TEXT) return;
  throw Error{
      Failure::usage, fmt::format("VT {} belongs to a graphical program", number),
      fmt::format(
          "Choose another one with --tty N, or --tty free. If a program crashed there, bring "
          "it back with: drm-show --rescue --tty {}",
          number)};
}

void require_unused_vt(int number) {
  const auto user = find_user_of_vt(number);
  if (!user) return;
  throw Error{Failure::usage,
              fmt::format("VT {} is in use by {} (pid {})", number, user->command, user->pid),
              "Choose another one with --tty N, or --tty free for one that nobody uses."};
}

}  // namespace drmshow
