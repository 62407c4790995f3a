// Which seat: from what the user wishes and where we are.
#pragma once

#include <memory>
#include <optional>

#include "session/libseat_seat.hpp"
#include "session/seat.hpp"

namespace drmshow {

enum class SeatPolicy {
  automatic,  ///< a seat manager for users, for root none
  direct,     ///< the VT itself
  libseat,    ///< logind or seatd
};

struct TtyWish {
  enum class Kind { none, number, free };

  Kind kind = Kind::none;
  int number = 0;  ///< of Kind::number
};

struct SeatWishes {
  SeatPolicy policy = SeatPolicy::automatic;
  TtyWish tty{};
  bool no_vt = false;
  LibseatMessages messages = LibseatMessages::silent;
};

enum class SeatKind { none, own_vt, wished_vt, free_vt, libseat };

/// Where we are.
struct SeatSurroundings {
  bool on_vt = false;
  bool is_root = false;
  bool has_libseat = false;  ///< built with it
  bool has_manager = false;  ///< seatd or logind runs
};

struct SeatChoice {
  SeatKind first = SeatKind::none;
  std::optional<SeatKind> otherwise;  ///< if the first cannot be had
};

/// Pure. Throws Error (usage) on wishes that contradict each other.
SeatChoice choose_seat(const SeatWishes& wishes, const SeatSurroundings& around);

/// Throws Error: usage, no_permission; what libseat says if nothing else was wished.
std::unique_ptr<Seat> make_seat(const SeatWishes& wishes);

}  // namespace drmshow
