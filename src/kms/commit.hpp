// Handing an AtomicRequest to the kernel.
#pragma once

#include "drm-show/device.hpp"
#include "kms/atomic_request.hpp"

namespace drmshow {

enum class CommitKind {
  test,     ///< TEST_ONLY: would it work? Changes nothing.
  modeset,  ///< blocking, modes may change; when it returns, the picture is on its way to the
            ///< screen
};

/// Returns 0 or the errno with which the kernel refused. Throws Error if the request is not usable
/// (AtomicRequest::missing) or a blob cannot be made.
[[nodiscard]] int commit(const Device& device, const AtomicRequest& request, CommitKind kind);

}  // namespace drmshow
