// All changes that were made to a device's displays, and how to take them back: by us, or by
// another process that has only flat data.
#pragma once

#include <span>
#include <vector>

#include "drm-show/device.hpp"
#include "kms/commit_arrays.hpp"
#include "kms/crtc_state.hpp"

namespace drmshow {

class Undo {
 public:
  /// Both outlive it.
  Undo(const Device& device, const Snapshot& before) : device_{device}, before_{before} {}

  /// Before a commit: what it changes, and the part of each output alone, for when not all can come
  /// back at once. True if there was anything new.
  bool add(const AtomicRequest& change, std::span<const AtomicRequest> parts);
  bool add(LegacyChange change);

  /// 0 or an errno. On the way out every failure is only a number.
  int go() const;
  /// False if it does not fit. The blobs that it names are in `blobs`.
  [[nodiscard]] bool write(WayBack& way, std::vector<Blob>& blobs) const;

 private:
  int go_atomic() const;
  int go_legacy() const;
  AtomicRequest of_what_is_there(const AtomicRequest& request) const;
  void go_alone(const AtomicRequest& part) const;
  int try_commit(const AtomicRequest& request) const;

  const Device& device_;
  const Snapshot& before_;
  AtomicRequest change_;
  std::vector<AtomicRequest> parts_;  // by outputs; later ones of the same output add to the first
  std::vector<LegacyChange> legacy_;
};

}  // namespace drmshow
