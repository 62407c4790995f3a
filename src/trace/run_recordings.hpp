// The recordings of a program that we run, and of those that it starts: followed while they are
// written. A file that was opened can be read when it is long removed. Thin.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

#include "drm-show/recording.hpp"
#include "trace/follower.hpp"

namespace drmshow {

class RunRecordings {
 public:
  static constexpr std::size_t most_bytes = std::size_t{1} << 29;  // kept: half a GiB
  static constexpr std::size_t most_files = 8;

  explicit RunRecordings(pid_t ancestor);

  /// Looks for new ones, and reads what was written since.
  void follow();
  /// The program has ended: what it has not finished it never will.
  void finish();

  struct Followed {
    std::string path;
    RecordingFile file;
    Follower follower = {};
    bool begun = false;        ///< something of it was read
    std::uint64_t missed = 0;  ///< records that were overwritten before we read them
    std::vector<RecordBatch> batches = {};
    std::string fault = {};  ///< why it could not be read to its end; empty: it could
  };
  const std::vector<Followed>& files() const { return files_; }
  bool full() const { return bytes_ >= most_bytes; }

 private:
  void look_for_new();
  void read_on(Followed& followed, bool running);

  pid_t ancestor_;
  std::vector<Followed> files_;
  std::size_t bytes_ = 0;
};

}  // namespace drmshow
