// A timeline: what happened when, on tracks, from whatever was recorded. Pure data. What writes it
// to files (Perfetto's format, JSON, SVG) knows nothing of where it comes from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "drm-show/time.hpp"

namespace drmshow {

/// What an event is about: colours and categories.
enum class TimelineLook : std::uint8_t {
  drawing,
  ready,
  pending,
  screen,
  fence,
  missed,
  away,
  trouble,
  event,
  kernel,
  protocol,
  said,
};
std::string_view name(TimelineLook look);

struct TimelineArgument {
  std::string name;
  std::variant<std::int64_t, std::string> value;
};

struct TimelineEvent {
  enum class Kind : std::uint8_t { slice, instant };
  Kind kind = Kind::instant;
  TimelineLook look = TimelineLook::event;
  Time begin{};
  Time end{};  ///< of slices
  std::string name;
  /// Events that have the same one belong together, in the order of their times; 0: none.
  std::uint64_t flow = 0;
  std::vector<TimelineArgument> arguments;
};

/// Its slices follow each other in time, and do not overlap, whatever was recorded: times that run
/// backwards are moved to where the last slice began or ended.
class TimelineTrack {
 public:
  /// Of times of a timeline: 0 to 146 years. Others are not possible, and become its begin.
  static constexpr std::int64_t most_time = std::int64_t{1} << 62;

  explicit TimelineTrack(std::string name) : name_{std::move(name)} {}

  /// Ends the slice that is open, if any. The answer is good until the next call.
  TimelineEvent& begin(Time time, TimelineLook look, std::string_view name);
  /// Nothing happens if none is open.
  void end(Time time);
  TimelineEvent& instant(Time time, TimelineLook look, std::string_view name);
  bool open() const { return open_; }

  const std::string& name() const { return name_; }
  /// Where the last slice began or ended.
  Time last() const { return last_; }
  std::vector<TimelineEvent>& events() { return events_; }
  const std::vector<TimelineEvent>& events() const { return events_; }

 private:
  std::string name_;
  std::vector<TimelineEvent> events_;
  Time last_{};
  std::size_t open_event_ = 0;
  bool open_ = false;
};

struct TimelineGroup {
  std::string name;
  std::vector<TimelineTrack> tracks;
};

struct Timeline {
  std::vector<TimelineGroup> groups;
  /// CLOCK_REALTIME minus CLOCK_MONOTONIC, the clock of all times here.
  Nanoseconds realtime_offset{};
};

/// From the first event to the end of the last; both 0 if there is none.
struct TimelineSpan {
  Time begin{};
  Time end{};
};
TimelineSpan span_of(const Timeline& timeline);

/// Without what is over before `span` or begins behind it, and without tracks where nothing is
/// left.
Timeline clipped(Timeline timeline, TimelineSpan span);

/// For texts of others, which may be of any length and hold anything.
std::string timeline_text(std::string_view text);

}  // namespace drmshow
