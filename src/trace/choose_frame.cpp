#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "trace/why.hpp"

namespace drmshow {
namespace {

[[noreturn]] void throw_no_frame(const Story& story, const std::string& what) {
  std::string hint = "No frame is in this recording.";
  if (!story.frames.empty()) {
    const FrameStory& first = story.frames.front();
    const FrameStory& last = story.frames.back();
    hint = fmt::format("It has {} frames, from {}:{} to {}:{} (STREAM:FRAME).", story.frames.size(),
                       story.streams[first.stream].number, first.number,
                       story.streams[last.stream].number, last.number);
    if (first.number > 1) hint += " Older ones are overwritten.";
  }
  throw Error{Failure::not_found, what, hint};
}

struct WantedFrame {
  std::optional<std::uint64_t> stream;
  std::uint64_t number = 0;
};

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ec != std::errc{} || end.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

WantedFrame wanted_frame(std::string_view word) {
  const std::size_t colon = word.find(':');
  WantedFrame wanted;
  const auto number = whole_number(colon == std::string_view::npos ? word : word.substr(colon + 1));
  if (colon != std::string_view::npos) wanted.stream = whole_number(word.substr(0, colon));
  if (!number || (colon != std::string_view::npos && !wanted.stream)) {
    throw Error{Failure::usage, fmt::format("why: \"{}\" is no frame", word),
                "Say a frame's number, STREAM:NUMBER, last, or missed."};
  }
  wanted.number = *number;
  return wanted;
}

bool came_late(const FrameStory& frame) {
  return std::ranges::any_of(frame.outputs, [](const FrameOutput& on) { return on.missed > 0; });
}

// From the end: of presenters that followed each other, the last one's.
template <class Predicate>
std::optional<std::size_t> last_frame(const Story& story, const Predicate& predicate) {
  for (std::size_t i = story.frames.size(); i-- > 0;) {
    if (predicate(story.frames[i])) return i;
  }
  return std::nullopt;
}

}  // namespace

std::size_t choose_frame(const Story& story, std::string_view word) {
  if (word == "missed") {
    if (const auto found = last_frame(story, came_late)) return *found;
    throw_no_frame(story, "no frame came late in this recording");
  }
  if (word == "last") {
    if (!story.frames.empty()) return story.frames.size() - 1;
    throw_no_frame(story, "there is no last frame");
  }
  const WantedFrame wanted = wanted_frame(word);
  const auto found = last_frame(story, [&](const FrameStory& frame) {
    return frame.number == wanted.number &&
           (!wanted.stream || story.streams[frame.stream].number == *wanted.stream);
  });
  if (found) return *found;
  throw_no_frame(story, fmt::format("frame {} is not in this recording", word));
}

}  // namespace drmshow
