// Apart from the reader: drm-query reads as well, but is linked without anything that could set a
// mode, a Device among it.
#include <cerrno>

#include <xf86drm.h>
#include <xf86drmMode.h>

#include "drm-show/device.hpp"
#include "drm-show/error.hpp"
#include "drm-show/snapshot.hpp"
#include "drm/drm_ptr.hpp"
#include "kms/snapshot_reader.hpp"

namespace drmshow {

Snapshot take_snapshot(const Device& device, ProbePolicy policy) {
  const ReadTarget target{device.fd(), device.label()};
  const ResourcesPtr resources{drmModeGetResources(target.fd)};
  if (!resources) {
    throw Error{Failure::no_device, target.label + " cannot drive a display",
                "It only renders: choose another device with --device.", errno};
  }
  return Snapshot{read_snapshot(target, *resources, policy, Detail::display)};
}

Api set_display_caps(const Device& device) {
  // Refused only by kernels before 3.15: then primary planes stay implicit.
  static_cast<void>(device.try_client_cap(DRM_CLIENT_CAP_UNIVERSAL_PLANES, 1));
  return device.try_client_cap(DRM_CLIENT_CAP_ATOMIC, 1) ? Api::atomic : Api::legacy;
}

}  // namespace drmshow
