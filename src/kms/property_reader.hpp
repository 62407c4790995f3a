// Reads the properties of mode objects, and the blobs behind them, into a SnapshotData.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "drm-show/snapshot.hpp"

namespace drmshow {

/// An open device, as far as reading from it goes.
struct ReadTarget {
  int fd = -1;
  std::string label;  ///< "card0 (vkms)", for messages
};

class PropertyReader {
 public:
  /// Adds to `data`, which must outlive it.
  PropertyReader(const ReadTarget& target, SnapshotData& data) : target_{target}, data_{data} {}

  /// `object_type`: DRM_MODE_OBJECT_*. Empty for an object that has none, or that vanished.
  PropertySet read(std::uint32_t object, std::uint32_t object_type, ObjectKind kind);

  /// Called when an object could not be read (errno). One that vanished is noted; any other
  /// failure would leave a picture of the device that is wrong: throws Error.
  void expect_vanished(ObjectKind kind, std::uint32_t id, const char* what);

 private:
  const PropertyInfo* info(std::uint32_t id);
  void read_blob(std::uint64_t value);

  const ReadTarget& target_;
  SnapshotData& data_;
  // A property belongs to the device, not to the object: each is asked for once.
  std::unordered_map<std::uint32_t, const PropertyInfo*> infos_;
};

}  // namespace drmshow
