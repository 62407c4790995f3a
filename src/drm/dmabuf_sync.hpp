// The fences that a dmabuf carries with it, for drivers and compositors that wait for those and
// not for fences that they are told (implicit synchronization; linux/dma-buf.h).
#pragma once

#include <cstdint>

#include "drm-show/fd.hpp"

namespace drmshow {

/// What is to be done with the memory next, or has been begun.
enum class DmabufUse : std::uint8_t { read, write };

/// Lets others who use the memory wait for this sync file, as after a use that it is the end of.
/// Returns 0 or an errno: ENOTTY before Linux 6.0.
[[nodiscard]] int attach_fence(int dmabuf, int sync_file, DmabufUse use) noexcept;

struct DmabufFence {
  UniqueFd sync_file;  ///< empty if there was an error
  int errnum = 0;      ///< ENOTTY before Linux 6.0
};

/// What whoever is about to use the memory has to wait for. There always is a sync file; if nobody
/// uses the memory, it has signalled.
DmabufFence fence_to_wait_for(int dmabuf, DmabufUse use) noexcept;

}  // namespace drmshow
