// A client's timeline (drm_syncobj), as a compositor has it: by a handle of its own open file.
#pragma once

#include <cstdint>
#include <memory>

#include "drm-show/fd.hpp"

namespace drmshow::fake {

class Timeline {
 public:
  // `drm` outlives it; -1: nothing is known of its points. Throws std::runtime_error if `shared` is
  // none.
  Timeline(int drm, const UniqueFd& shared);
  ~Timeline();
  Timeline(const Timeline&) = delete;
  Timeline& operator=(const Timeline&) = delete;

  // For a commit. False if it is not above all that were used before.
  bool use(std::uint64_t point);
  bool passed(std::uint64_t point) const;
  void pass(std::uint64_t point) const;

 private:
  int drm_;
  std::uint32_t handle_ = 0;
  std::uint64_t last_used_ = 0;
};

struct SyncPoint {
  std::shared_ptr<Timeline> timeline;
  std::uint64_t number = 0;

  bool passed() const { return timeline->passed(number); }
  void pass() const { timeline->pass(number); }
};

}  // namespace drmshow::fake
