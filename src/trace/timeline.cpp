#include "trace/timeline.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

namespace drmshow {
namespace {

constexpr std::string_view look_names[] = {"drawing", "ready",  "pending",  "screen",
                                           "fence",   "missed", "away",     "trouble",
                                           "event",   "kernel", "protocol", "said"};
static_assert(std::size(look_names) == static_cast<std::size_t>(TimelineLook::said) + 1);

constexpr std::size_t most_text = 400;

bool lies_in(const TimelineEvent& event, TimelineSpan span) {
  return event.end >= span.begin && event.begin <= span.end;
}

}  // namespace

std::string_view name(TimelineLook look) {
  return look_names[static_cast<std::size_t>(look)];
}

TimelineEvent& TimelineTrack::begin(Time time, TimelineLook look, std::string_view name) {
  end(time);
  last_ = std::max(last_, time);
  open_ = true;
  open_event_ = events_.size();
  return events_.emplace_back(
      TimelineEvent{TimelineEvent::Kind::slice, look, last_, last_, std::string{name}, 0, {}});
}

void TimelineTrack::end(Time time) {
  if (!open_) return;
  open_ = false;
  last_ = std::max(last_, time);
  events_[open_event_].end = last_;
}

TimelineEvent& TimelineTrack::instant(Time time, TimelineLook look, std::string_view name) {
  return events_.emplace_back(
      TimelineEvent{TimelineEvent::Kind::instant, look, time, time, std::string{name}, 0, {}});
}

TimelineSpan span_of(const Timeline& timeline) {
  std::optional<TimelineSpan> span;
  for (const TimelineGroup& group : timeline.groups) {
    for (const TimelineTrack& track : group.tracks) {
      for (const TimelineEvent& event : track.events()) {
        if (!span) span = TimelineSpan{event.begin, event.end};
        span->begin = std::min(span->begin, event.begin);
        span->end = std::max(span->end, event.end);
      }
    }
  }
  return span.value_or(TimelineSpan{});
}

Timeline clipped(Timeline timeline, TimelineSpan span) {
  for (TimelineGroup& group : timeline.groups) {
    for (TimelineTrack& track : group.tracks) {
      std::erase_if(track.events(), [&](const auto& event) { return !lies_in(event, span); });
    }
    std::erase_if(group.tracks, [](const auto& track) { return track.events().empty(); });
  }
  std::erase_if(timeline.groups, [](const auto& group) { return group.tracks.empty(); });
  return timeline;
}

std::string timeline_text(std::string_view text) {
  std::string safe{text.substr(0, most_text)};
  for (char& c : safe) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  if (text.size() > most_text) safe += "...";
  return safe;
}

}  // namespace drmshow
