#include "kms/flip.hpp"

#include <array>

#include <drm.h>
#include <drm_mode.h>

#include "drm/ioctl.hpp"
#include "drm/new_kernel.hpp"

namespace drmshow {
namespace {

std::uint64_t address_of(const void* thing) {
  return reinterpret_cast<std::uintptr_t>(thing);
}

PropertyId property_id(const PropertySet& properties, std::string_view name) {
  const Property* found = properties.find(name);
  return found ? found->info->id : PropertyId{};
}

}  // namespace

Flipper::Flipper(const Device& device, const Route& route, Api api)
    : fd_{device.fd()},
      crtc_{route.crtc->id.raw()},
      plane_{route.plane ? route.plane->id.raw() : 0},
      legacy_{api == Api::legacy},
      atomic_async_{!legacy_ && device.cap(drm_cap_atomic_async_page_flip).value_or(0) != 0},
      legacy_async_{device.cap(DRM_CAP_ASYNC_PAGE_FLIP).value_or(0) != 0} {
  if (!route.plane) return;
  fb_property_ = property_id(route.plane->properties, props::fb_id.name);
  in_fence_ = property_id(route.plane->properties, props::in_fence_fd.name);
  out_fence_ = property_id(route.crtc->properties, props::out_fence_ptr.name);
}

int Flipper::flip(const FlipRequest& request, int* out_fence) const {
  if (out_fence) *out_fence = -1;
  return goes_the_old_way(request.kind) ? flip_legacy(request) : flip_atomic(request, out_fence);
}

// A driver that tears through the old interface only does so for atomic clients too.
bool Flipper::goes_the_old_way(FlipKind kind) const {
  return legacy_ || (kind == FlipKind::async && !atomic_async_);
}

std::uint32_t Flipper::flags(FlipKind kind) const {
  std::uint32_t flags = DRM_MODE_PAGE_FLIP_EVENT;
  if (!goes_the_old_way(kind)) flags |= DRM_MODE_ATOMIC_NONBLOCK;
  if (kind == FlipKind::async) flags |= DRM_MODE_PAGE_FLIP_ASYNC;
  return flags;
}

int Flipper::flip_atomic(const FlipRequest& request, int* out_fence) const {
  const bool with_out_fence = out_fence && out_fence_;
  const std::array<std::uint32_t, 2> objects{plane_, crtc_};
  std::array<std::uint32_t, 2> counts{1, 1};
  std::array<std::uint32_t, 3> properties{fb_property_.raw()};
  std::array<std::uint64_t, 3> values{request.fb.raw()};
  std::size_t count = 1;
  if (request.in_fence >= 0) {
    properties[count] = in_fence_.raw();
    values[count++] = static_cast<std::uint64_t>(request.in_fence);
    counts[0] = 2;
  }
  if (with_out_fence) {
    properties[count] = out_fence_.raw();
    values[count++] = address_of(out_fence);
  }
  drm_mode_atomic atomic{};
  atomic.flags = flags(request.kind);
  atomic.count_objs = with_out_fence ? 2 : 1;
  atomic.objs_ptr = address_of(objects.data());
  atomic.count_props_ptr = address_of(counts.data());
  atomic.props_ptr = address_of(properties.data());
  atomic.prop_values_ptr = address_of(values.data());
  atomic.user_data = request.user_data;
  return try_ioctl(fd_, DRM_IOCTL_MODE_ATOMIC, &atomic);
}

int Flipper::flip_legacy(const FlipRequest& request) const {
  drm_mode_crtc_page_flip flip{};
  flip.crtc_id = crtc_;
  flip.fb_id = request.fb.raw();
  flip.flags = flags(request.kind);
  flip.user_data = request.user_data;
  return try_ioctl(fd_, DRM_IOCTL_MODE_PAGE_FLIP, &flip);
}

}  // namespace drmshow
