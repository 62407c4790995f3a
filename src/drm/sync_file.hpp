// Sync files: descriptors of one fence each (linux/sync_file.h).
#pragma once

namespace drmshow {

enum class FenceState { unsignalled, signalled, failed };

/// What has become of the fence behind this sync file, without waiting. failed: it signalled with
/// an error, or this is no sync file.
FenceState fence_state(int sync_file) noexcept;

}  // namespace drmshow
