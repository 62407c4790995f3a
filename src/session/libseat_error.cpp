#include "session/libseat_error.hpp"

#include <cerrno>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace drmshow {
namespace {

const char* seatd_socket() {
  const char* const path = std::getenv("SEATD_SOCK");
  return path ? path : "/run/seatd.sock";
}

/// The group whose members may ask seatd, if we may not; nothing if seatd is not there.
std::optional<std::string> group_we_lack() {
  struct stat status {};
  if (::stat(seatd_socket(), &status) != 0 || ::access(seatd_socket(), W_OK) == 0) {
    return std::nullopt;
  }
  const group* const owner = ::getgrgid(status.st_gid);
  return owner ? owner->gr_name : fmt::format("{}", status.st_gid);
}

std::string how_to_get_a_seat() {
  if (const auto group = group_we_lack()) {
    return fmt::format(
        "seatd answers only the group \"{0}\": sudo usermod -aG {0} $USER, then log in again.",
        *group);
  }
  return "logind gives a seat to whoever logs in on the text console (not over ssh); seatd must be "
         "running (systemctl start seatd). As root or in the group \"video\", say --seat direct.";
}

std::string how_to_get_a_device(SeatPower power) {
  switch (power) {
    case SeatPower::full:
      return "Another program may have it: end that first, or switch to a free VT.";
    case SeatPower::hidden:
      return "Its virtual terminal is not the one that is shown: switch to it.";
    case SeatPower::none:
      break;
  }
  return "No seat manager looks after it: " + how_to_get_a_seat();
}

}  // namespace

void throw_no_seat(const std::string& libseat_said, int errnum) {
  std::string what = "no seat manager gives us a seat";
  if (!libseat_said.empty()) what += fmt::format(" (libseat: {})", libseat_said);
  // ENOSYS stands for "none of them", and reads as if a function was missing.
  throw Error{Failure::no_permission, what, how_to_get_a_seat(), errnum == ENOSYS ? 0 : errnum};
}

void throw_no_device(const std::filesystem::path& node, const std::string& seat, SeatPower power,
                     int errnum) {
  const std::string what = fmt::format("{} does not open {}", seat, node.string());
  if (errnum == ENOENT || errnum == ENODEV) {
    throw Error{Failure::no_device, what, "See which devices there are with: ls -l /dev/dri",
                errnum};
  }
  throw Error{Failure::no_permission, what, how_to_get_a_device(power), errnum};
}

void throw_manager_gone(const std::string& seat, int errnum) {
  throw Error{Failure::unexpected, fmt::format("{}: the seat manager has ended", seat),
              "Start it again (systemctl start seatd), then drm-show.", errnum};
}

}  // namespace drmshow
