// Apart from the reader: drm-query reads as well, but is linked without anything that could set a
// mode, a Device among it.
#include <xf86drm.h>

#include "drm-show/device.hpp"
#include "drm-show/snapshot.hpp"
#include "kms/snapshot_reader.hpp"

namespace drmshow {

Snapshot take_snapshot(const Device& device, ProbePolicy policy) {
  const ReadTarget target{device.fd(), device.label()};
  return Snapshot{read_snapshot(target, policy, Detail::display)};
}

Api set_display_caps(const Device& device) {
  // Refused only by kernels before 3.15: then primary planes stay implicit.
  static_cast<void>(device.try_client_cap(DRM_CLIENT_CAP_UNIVERSAL_PLANES, 1));
  return device.try_client_cap(DRM_CLIENT_CAP_ATOMIC, 1) ? Api::atomic : Api::legacy;
}

}  // namespace drmshow
