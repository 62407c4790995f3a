// A seat that a seat manager looks after (seatd, logind, through libseat): it opens devices for
// users who may not, and looks after the virtual terminal, also when we die.
#pragma once

#include <memory>

#include "session/seat.hpp"

namespace drmshow {

/// What libseat says of itself: to nobody, or to stderr.
enum class LibseatMessages { silent, spoken };

/// Asks whichever manager runs (LIBSEAT_BACKEND decides if it is set) for the seat that we are on.
/// Contrary to other seats, the manager puts the terminal into graphics mode now, not with take().
/// The devices that were opened belong to the seat: it has to live longer. Throws Error:
/// no_permission.
std::unique_ptr<Seat> open_libseat(LibseatMessages messages = LibseatMessages::silent);

}  // namespace drmshow
