// Reads a recording while it is written. Thin.
#pragma once

#include <cstdint>

#include "drm-show/recording.hpp"

namespace drmshow {

/// What is not finished is waited for, in order; but not for ever: its writer may have died there.
class Follower {
 public:
  /// So many rounds, or twice as many, an unfinished record is waited for.
  static constexpr int patience = 10;

  /// What was written since the last time, or all there is.
  RecordBatch read_new(const RecordingFile& file);
  /// Its writer is gone: what is not finished never will be.
  RecordBatch read_rest(const RecordingFile& file);

 private:
  std::uint64_t next_ = 0;
  std::uint64_t given_up_ = 0;  // before this number
  std::uint64_t seen_ = 0;      // numbers that had been taken when we looked last
  int rounds_ = 0;              // since then
};

}  // namespace drmshow
