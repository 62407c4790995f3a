#include "session/seat_choice.hpp"

#include <cstdlib>

#include <unistd.h>

#include "drm-show/error.hpp"
#include "session/libseat_seat.hpp"
#include "session/no_seat.hpp"
#include "session/vt_number.hpp"
#include "session/vt_seat.hpp"

namespace drmshow {
namespace {

// Without one, libseat manages the seat in a child process of ours, with no more rights than we
// have, which are enough for the device and not for switches of the VT.
bool seat_manager_runs() {
  if (std::getenv("LIBSEAT_BACKEND")) return true;  // the user knows
  const char* const socket = std::getenv("SEATD_SOCK");
  return ::access(socket ? socket : "/run/seatd.sock", F_OK) == 0 ||
         ::access("/run/systemd/seats", F_OK) == 0;  // sd_seat_get_sessions(3) looks here
}

void refuse_contradictions(const SeatWishes& wishes) {
  const bool wants_tty = wishes.tty.kind != TtyWish::Kind::none;
  if (wishes.no_vt && wants_tty) {
    throw Error{Failure::usage, "--no-vt and --tty contradict each other",
                "Leave one of them away."};
  }
  if (wishes.no_vt && wishes.policy == SeatPolicy::libseat) {
    throw Error{Failure::usage, "--no-vt and libseat contradict each other",
                "Leave one of them away."};
  }
  if (wants_tty && wishes.policy == SeatPolicy::libseat) {
    throw Error{Failure::usage, "the seat manager chooses the VT: --tty cannot",
                "Leave one of them away, or switch there first (chvt N)."};
  }
}

void require_libseat(const SeatSurroundings& around) {
  if (around.has_libseat) return;
  throw Error{Failure::usage, "this drm-show was built without libseat",
              "Run it as root, or on a console that you have logged in on."};
}

std::unique_ptr<Seat> open_seat(SeatKind kind, const SeatWishes& wishes) {
  switch (kind) {
    case SeatKind::own_vt:
      if (auto seat = VtSeat::on_own_vt()) return seat;
      break;
    case SeatKind::wished_vt:
      return VtSeat::on_vt(wishes.tty.number);
    case SeatKind::free_vt:
      return VtSeat::on_free_vt();
    case SeatKind::libseat:
      return open_libseat(wishes.messages);
    case SeatKind::none:
      break;
  }
  return std::make_unique<NoSeat>();
}

}  // namespace

SeatChoice choose_seat(const SeatWishes& wishes, const SeatSurroundings& around) {
  refuse_contradictions(wishes);
  if (wishes.no_vt) return {SeatKind::none, {}};
  if (wishes.tty.kind == TtyWish::Kind::number) return {SeatKind::wished_vt, {}};
  if (wishes.tty.kind == TtyWish::Kind::free) return {SeatKind::free_vt, {}};
  if (wishes.policy == SeatPolicy::libseat) {
    require_libseat(around);
    return {SeatKind::libseat, {}};
  }
  if (!around.on_vt) return {SeatKind::none, {}};
  const bool asks_a_manager = wishes.policy == SeatPolicy::automatic && around.has_libseat &&
                              around.has_manager && !around.is_root;
  if (asks_a_manager) return {SeatKind::libseat, SeatKind::own_vt};
  return {SeatKind::own_vt, {}};
}

std::unique_ptr<Seat> make_seat(const SeatWishes& wishes) {
  const SeatSurroundings around{.on_vt = find_own_vt().has_value(),
                                .is_root = ::geteuid() == 0,
                                .has_libseat = DRMSHOW_LIBSEAT != 0,
                                .has_manager = seat_manager_runs()};
  const SeatChoice choice = choose_seat(wishes, around);
  if (!choice.otherwise) return open_seat(choice.first, wishes);
  try {
    return open_seat(choice.first, wishes);
  } catch (const Error&) {
    return open_seat(*choice.otherwise, wishes);
  }
}

}  // namespace drmshow
