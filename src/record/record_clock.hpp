// CLOCK_MONOTONIC for somebody who asks very often: the processor's own counter, where the kernel's
// clock is made of that as well, compared with the kernel's every tenth of a second. Both agree to
// a fraction of a microsecond. Elsewhere it is the kernel's clock.
#pragma once

#include "drm-show/time.hpp"

namespace drmshow {

/// Async-signal-safe, for any thread.
Time record_now() noexcept;

/// Whether it counts cycles: the processor says that its counter never stops nor changes its speed,
/// and the kernel, which watches over that, uses it too.
bool counts_cycles() noexcept;

}  // namespace drmshow
