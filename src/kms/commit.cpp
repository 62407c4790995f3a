#include "kms/commit.hpp"

#include <drm_mode.h>
#include <xf86drm.h>

#include "drm-show/error.hpp"
#include "drm/ioctl.hpp"
#include "kms/commit_arrays.hpp"

namespace drmshow {
namespace {

std::uint64_t address(const auto& array) {
  return reinterpret_cast<std::uintptr_t>(array.data());
}

std::uint32_t flags_for(CommitKind kind) {
  return kind == CommitKind::test ? DRM_MODE_ATOMIC_TEST_ONLY | DRM_MODE_ATOMIC_ALLOW_MODESET
                                  : DRM_MODE_ATOMIC_ALLOW_MODESET;
}

}  // namespace

int commit(const Device& device, const AtomicRequest& request, CommitKind kind) {
  if (!request.missing().empty()) {
    throw Error{Failure::mode_refused, device.label() + ": " + request.missing(),
                "The driver's atomic mode setting is incomplete: try --legacy."};
  }
  const CommitArrays arrays{device, request};
  drm_mode_atomic atomic{};
  atomic.flags = flags_for(kind);
  atomic.count_objs = static_cast<std::uint32_t>(arrays.objects.size());
  atomic.objs_ptr = address(arrays.objects);
  atomic.count_props_ptr = address(arrays.counts);
  atomic.props_ptr = address(arrays.properties);
  atomic.prop_values_ptr = address(arrays.values);
  return try_ioctl(device.fd(), DRM_IOCTL_MODE_ATOMIC, &atomic);
}

}  // namespace drmshow
