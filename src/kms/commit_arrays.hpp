// A request in the four arrays of struct drm_mode_atomic: the objects, how many properties of each
// are set, and all properties and values in that order.
#pragma once

#include <cstdint>
#include <vector>

#include "drm-show/device.hpp"
#include "drm/blob.hpp"
#include "drm/way_back.hpp"
#include "kms/atomic_request.hpp"

namespace drmshow {

struct CommitArrays {
  std::vector<std::uint32_t> objects;
  std::vector<std::uint32_t> counts;
  std::vector<std::uint32_t> properties;
  std::vector<std::uint64_t> values;
  std::vector<Blob> blobs;  ///< those that the values name

  /// Makes the blobs. Throws Error if one cannot be made.
  CommitArrays(const Device& device, const AtomicRequest& request);

  /// False if it is too much.
  [[nodiscard]] bool copy_to(FlatCommit& flat) const;

 private:
  void append(const Device& device, const PropertyWrite& write);
  std::uint64_t value_of(const Device& device, const PropertyWrite& write);
};

}  // namespace drmshow
