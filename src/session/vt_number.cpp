#include "session/vt_number.hpp"

#include <charconv>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace drmshow {
namespace {

constexpr unsigned tty_major = 4;  // Documentation/admin-guide/devices.txt

// /dev/tty is whatever our controlling terminal is; only this request tells.
std::optional<OpenVt> controlling_vt() {
  UniqueFd fd{::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)};
  unsigned device = 0;
  if (!fd || ::ioctl(fd.get(), TIOCGDEV, &device) != 0) return std::nullopt;
  const auto number = vt_of_device(device);
  if (!number) return std::nullopt;
  return OpenVt{*number, std::move(fd)};
}

std::optional<OpenVt> vt_behind(int standard_fd) {
  struct stat status {};
  if (::fstat(standard_fd, &status) != 0 || !S_ISCHR(status.st_mode)) return std::nullopt;
  const auto number = vt_of_device(status.st_rdev);
  if (!number) return std::nullopt;
  UniqueFd fd{::fcntl(standard_fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)};
  if (!fd) return std::nullopt;
  return OpenVt{*number, std::move(fd)};
}

}  // namespace

std::optional<int> vt_of_device(dev_t device) noexcept {
  const unsigned number = minor(device);
  if (major(device) != tty_major || number < 1 || number > most_vts) return std::nullopt;
  return static_cast<int>(number);
}

std::array<char, 16> vt_path(int number) noexcept {
  std::array<char, 16> path{"/dev/tty"};
  const auto digits = static_cast<std::size_t>(8);
  std::to_chars(path.data() + digits, path.data() + path.size() - 1, number);
  return path;
}

dev_t terminal_in_stat(std::string_view line) noexcept {
  // PID (NAME) STATE PPID PGRP SESSION TTY …: the name may contain anything, parentheses too.
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string_view::npos) return 0;
  line.remove_prefix(name_end + 1);
  for (int skipped = 0; skipped < 5; ++skipped) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return 0;
    line.remove_prefix(space + 1);
  }
  unsigned device = 0;
  std::from_chars(line.data(), line.data() + line.size(), device);
  return device;
}

std::optional<OpenVt> find_own_vt() {
  if (auto vt = controlling_vt()) return vt;
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (auto vt = vt_behind(fd)) return vt;
  }
  return std::nullopt;
}

}  // namespace drmshow
