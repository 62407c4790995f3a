#include "trace/timeline_around.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "trace/timeline_builder.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr auto time_before = 80ms;
constexpr auto time_behind = 60ms;

template <class Number>
std::optional<Number> frame_number(std::string_view text) {
  Number value{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "12" is 0:12.
std::uint64_t flow_of_text(std::string_view text, int pid) {
  const std::size_t colon = text.find(':');
  const bool streamed = colon != std::string_view::npos;
  const auto stream = frame_number<std::uint8_t>(streamed ? text.substr(0, colon) : "0");
  const auto number = frame_number<std::uint64_t>(streamed ? text.substr(colon + 1) : text);
  if (!stream || !number) {
    throw Error{Failure::usage, fmt::format("--around: \"{}\" is no frame", text),
                "Say its number, STREAM:NUMBER, or \"missed\"."};
  }
  return flow_of(pid, *stream, *number);
}

template <class Wanted>
std::optional<TimelineSpan> span_of_all(const Timeline& timeline, const Wanted& wanted) {
  std::optional<TimelineSpan> span;
  for (const TimelineGroup& group : timeline.groups) {
    for (const TimelineTrack& track : group.tracks) {
      for (const TimelineEvent& event : track.events()) {
        if (!wanted(event)) continue;
        if (!span) span = TimelineSpan{event.begin, event.begin};
        span->begin = std::min(span->begin, event.begin);
        span->end = std::max(span->end, event.begin);
      }
    }
  }
  return span;
}

std::optional<TimelineSpan> last_missed(const Timeline& timeline) {
  const auto all = span_of_all(
      timeline, [&](const TimelineEvent& event) { return event.look == TimelineLook::missed; });
  return all ? std::optional{TimelineSpan{all->end, all->end}} : std::nullopt;
}

}  // namespace

std::optional<TimelineSpan> span_around(const Timeline& timeline, std::string_view frame, int pid) {
  std::optional<TimelineSpan> span;
  if (frame == "missed") {
    span = last_missed(timeline);
  } else {
    const std::uint64_t flow = flow_of_text(frame, pid);
    span = span_of_all(timeline, [&](const auto& event) { return event.flow == flow; });
  }
  if (!span) return std::nullopt;
  return TimelineSpan{span->begin - time_before, span->end + time_behind};
}

}  // namespace drmshow
