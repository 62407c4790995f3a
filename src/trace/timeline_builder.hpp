// The timeline of a recording. Pure: from records to tracks. Records may come in any order and say
// anything; what makes no sense makes odd slices and no harm, and memory grows with their number
// only.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/frame_stats.hpp"
#include "drm-show/recording.hpp"
#include "trace/ring_shadow.hpp"
#include "trace/timeline.hpp"

namespace drmshow {

/// A page flip that was told with the kernel's time.
struct TimelineFlip {
  std::uint8_t stream;
  std::uint8_t output;
  std::uint32_t sequence;  ///< 0: the display counts no vertical blanks
  std::uint64_t frame;
  Time shown;
};

/// Why blanks were missed (MissReason), in words.
std::string_view miss_text(std::uint8_t reason);

/// Frames of different programs and streams have different ones.
std::uint64_t flow_of(int pid, std::uint8_t stream, std::uint64_t frame);

class TimelineBuilder {
 public:
  explicit TimelineBuilder(const RecordingInfo& info);

  void add(const Record& record);
  /// Nothing can be added behind it.
  Timeline finish();
  const std::vector<TimelineFlip>& flips() const { return flips_; }
  /// As the timeline calls it: "HDMI-A-1".
  std::string output_name(std::uint8_t stream, std::uint8_t output) const;

 private:
  // Places of groups_; their tracks come and go with the records.
  enum class Place : std::uint8_t { drawing, ring, output, events };
  using Key = std::array<std::uint32_t, 3>;  // Place; stream and output, or thread; which track

  struct Output {
    std::string name;
    Nanoseconds refresh{};
    std::uint64_t shown_frame = 0;
    Time shown{};
    /// Of a frame that we have not heard of yet.
    std::optional<MissedRecord> missed;
  };
  struct Stream {
    RingShadow ring;
    std::array<SlotUse, RingShadow::slots> uses{};
    std::array<std::uint64_t, RingShadow::slots> frames{};
    std::array<Output, RingShadow::outputs> outputs;
  };

  Time sane(Time time) const;
  Time shown_at(const PresentRecord& step, Time time) const;
  TimelineTrack& track(Key key, std::string_view name);
  TimelineTrack& commits(std::uint8_t stream, std::uint8_t output);
  TimelineTrack& screen(std::uint8_t stream, std::uint8_t output);
  TimelineTrack& fences(std::uint8_t stream, std::uint8_t slot);
  TimelineTrack& events(std::uint32_t which, std::string_view name);

  void add_output(const Record& record);
  void add_draw(const Record& record, Time time);
  void add_seat(const SeatRecord& seat, Time time);
  // Of several, the last counts: a clock that is set is mostly set right.
  void set_day(std::int64_t realtime_offset);
  void add_error(const Record& record, Time time);
  void add_text(const Record& record, Time time);
  void add_missed(const MissedRecord& missed, Time time);
  void put_missed(const Output& output, const MissedRecord& missed);
  void add_present(const PresentRecord& step, Time time);
  void add_fence(const PresentRecord& step, Time time);
  void add_commit(const PresentRecord& step, Time time);
  void add_refusal(const PresentRecord& step, Time time);
  void add_flip(const PresentRecord& step, Time time);
  void add_absence(const PresentRecord& step, Time time);
  void add_loss(const PresentRecord& step, Time time);
  void update_slots(std::uint8_t stream, Time time);
  std::string group_name(const Key& key) const;

  RecordingInfo info_;
  std::map<std::uint8_t, Stream> streams_;
  std::map<Key, TimelineTrack> tracks_;
  std::map<std::uint32_t, std::uint32_t> threads_;  // in the order in which they were seen
  std::set<std::string> settings_;                  // that were told
  std::vector<TimelineFlip> flips_;
  Time end_{};
};

}  // namespace drmshow
