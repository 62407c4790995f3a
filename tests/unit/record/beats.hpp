// What writers write in tests that make them write as much as they can: records that say whose they
// are, which, and whether all of them is there.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "drm-show/recorder.hpp"
#include "drm-show/recording.hpp"

namespace drmshow::test {

struct Beat {
  std::uint32_t writer;
  std::uint64_t count;  ///< of the writer's, from 1 on
};

/// Of different lengths, from one cell to several.
bool write(Recorder& recorder, const Beat& beat) noexcept;
inline constexpr std::uint64_t most_beat_cells = 5;

/// Nothing if one bit of it is not as it was written.
std::optional<Beat> whole_beat(const Record& record);

/// How many cells it takes in the ring.
std::uint64_t cells_of(const Record& record);

/// Whether records may be missing in the middle of a writer's.
enum class Gaps : std::uint8_t {
  none,
  where_counted,  ///< if batches since then have said that cells were overwritten or unfinished
};

/// Looks at records that follow each other, batch after batch.
class BeatCheck {
 public:
  explicit BeatCheck(Gaps gaps) : gaps_{gaps} {}

  /// What is wrong: one is not whole, they are not in order, or one is missing. Empty: nothing.
  std::string see(const RecordBatch& batch);
  /// The last of each writer.
  const std::map<std::uint32_t, std::uint64_t>& last() const { return last_; }
  std::uint64_t seen() const { return seen_; }

 private:
  std::string see(const Record& record);
  bool may_miss(std::uint32_t writer) const;

  Gaps gaps_;
  std::map<std::uint32_t, std::uint64_t> last_;
  std::map<std::uint32_t, std::uint64_t> missed_until_;  // the batch in which a writer's last was
  std::uint64_t missed_before_ = 0;                      // cells, until this batch
  std::uint64_t missed_ = 0;                             // and with it
  std::uint64_t sequence_ = 0;
  std::uint64_t seen_ = 0;
};

}  // namespace drmshow::test
