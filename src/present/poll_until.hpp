// The wait that presenters and those without one have in common.
#pragma once

#include <cstddef>
#include <span>

#include <poll.h>

#include "drm-show/time.hpp"

namespace drmshow {

/// Descriptors of a caller's that a presenter has room for from the beginning.
inline constexpr std::size_t most_others = 32;
/// Throws Error (usage) for more than these.
void check_others(std::span<const pollfd> others);

/// Waits until one is ready (see their revents) or it is `until`; not at all if that is `now` or
/// before. A signal's handler ends it, too: then none is ready. Throws Error.
void poll_until(std::span<pollfd> fds, Time until, Time now);

}  // namespace drmshow
