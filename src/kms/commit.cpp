#include "kms/commit.hpp"

#include <algorithm>
#include <vector>

#include <drm_mode.h>
#include <xf86drm.h>

#include "drm-show/error.hpp"
#include "drm/blob.hpp"
#include "drm/ioctl.hpp"

namespace drmshow {
namespace {

// struct drm_mode_atomic wants four arrays: the objects, how many properties each sets, and all
// properties and values in that order.
struct Arrays {
  std::vector<std::uint32_t> objects;
  std::vector<std::uint32_t> counts;
  std::vector<std::uint32_t> properties;
  std::vector<std::uint64_t> values;
  std::vector<Blob> blobs;

  Arrays(const Device& device, const AtomicRequest& request) {
    std::vector<const PropertyWrite*> order;
    for (const PropertyWrite& write : request.writes()) order.push_back(&write);
    std::ranges::stable_sort(order, {},
                             [](const PropertyWrite* write) { return write->object.id; });
    for (const PropertyWrite* write : order) append(device, *write);
  }

  void append(const Device& device, const PropertyWrite& write) {
    if (objects.empty() || objects.back() != write.object.id) {
      objects.push_back(write.object.id);
      counts.push_back(0);
    }
    ++counts.back();
    properties.push_back(write.property.raw());
    values.push_back(value_of(device, write));
  }

  std::uint64_t value_of(const Device& device, const PropertyWrite& write) {
    if (const auto* bytes = std::get_if<Bytes>(&write.value)) {
      return blobs.emplace_back(device, *bytes).id().raw();
    }
    return std::get<std::uint64_t>(write.value);
  }
};

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
  const Arrays arrays{device, request};
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
