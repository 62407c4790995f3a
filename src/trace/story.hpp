// Records put together: what became of each frame, on which output, and what happened meanwhile.
// A recording may begin in the middle and say anything, in any order: whatever is there is taken,
// nothing is believed. Memory is proportional to the number of records. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/recording.hpp"
#include "trace/day_clock.hpp"

namespace drmshow {

/// How an output is called that is none: HeadlessPresenter's.
inline constexpr std::string_view no_display = "no display";

/// What one output did with a frame.
struct FrameOutput {
  enum class Fate : std::uint8_t { open, shown, superseded, cancelled };

  std::uint8_t output = 0;
  Fate fate = Fate::open;
  std::optional<Time> committed;  ///< the commit that was taken
  std::optional<Time> shown;      ///< by the kernel's clock, if shown_exactly
  std::optional<Time> ended;      ///< when it was superseded or cancelled
  std::optional<Time> refused;    ///< the first commit that was not taken
  unsigned refusals = 0;
  int errnum = 0;              ///< of the last of these, or why it was cancelled
  std::uint32_t sequence = 0;  ///< the vertical blank's
  std::uint16_t flags = 0;     ///< of the commit
  bool shown_exactly = false;
  bool modeset = false;
  bool afresh = false;       ///< shown after a modeset or an absence: no interval before it
  bool event_lost = false;   ///< its page-flip event did not come
  std::uint64_t by = 0;      ///< superseded by this frame; 0: not known
  std::uint64_t missed = 0;  ///< vertical blanks that passed before it, though it was due
  std::uint8_t reason = 0;   ///< MissReason
};

enum class FrameEnd : std::uint8_t { none, discarded, fence_error, expired };

/// Times that are missing are not in the recording, or have not come.
struct FrameStory {
  std::size_t stream = 0;  ///< index of Story::streams
  std::uint64_t number = 0;
  std::uint8_t slot = 0;
  std::optional<Time> acquired;
  std::optional<Time> draw_begin;
  std::optional<Time> draw_end;
  std::optional<Time> submitted;
  std::optional<Time> signalled;
  std::optional<Time> given_up;  ///< `end` says how
  std::optional<Time> released;
  RenderFence fence = RenderFence::none;
  FrameEnd end = FrameEnd::none;
  bool by_gpu = false;
  std::vector<FrameOutput> outputs;

  const FrameOutput* on(std::uint8_t output) const;
};

struct StoryOutput {
  std::string name;  ///< printable; empty if it is not in the recording
  std::uint32_t crtc = 0;
  Nanoseconds refresh{};  ///< 0: not in the recording
  /// From one vertical blank to the next: `refresh`, or the median of what was seen; or 0.
  Nanoseconds period{};
  std::vector<std::size_t> shown;  ///< frames that were on it, in order: indices of Story::frames
};

/// A ring of framebuffers. Numbers are used again: by the next presenter's.
struct StoryStream {
  std::uint8_t number = 0;
  bool from_begin = false;  ///< its first frames are in the recording, as far as can be told
  std::uint8_t slots = 0;   ///< 0: not known
  std::uint8_t output_count = 0;
  RingPolicy policy = RingPolicy::fifo;
  SlotReturn slot_return = SlotReturn::flip;
  std::uint64_t last_number = 0;
  std::map<std::uint8_t, StoryOutput> outputs;
};

/// Something that is no frame's matter.
struct StoryEvent {
  enum class Kind : std::uint8_t { note, seat, hotplug, output, gpu, error };
  Time time;
  Kind kind;
  std::string text;  ///< printable
};

struct Story {
  std::vector<StoryStream> streams;
  std::vector<FrameStory> frames;  ///< in the order in which they are mentioned first
  std::vector<StoryEvent> events;
  std::map<std::string, std::string> settings;  ///< printable; the last of each key
  std::vector<ClockNote> clocks;
  std::uint64_t first_sequence = 0;  ///< of the first record
  std::uint64_t records = 0;
  Time begin{};  ///< of the first record
  Time end{};    ///< of the last

  /// "DP-1", or "output 0 of stream 1".
  std::string output_name(std::size_t stream, std::uint8_t output) const;
  /// nullptr if it is not in the recording.
  const FrameStory* find(std::size_t stream, std::uint64_t number) const;
  Nanoseconds period_of(std::size_t stream, std::uint8_t output) const;
};

/// By what was recorded.
DayClock day_clock(const Story& story, const RecordingInfo& info);

Story tell_story(std::span<const Record> records);

}  // namespace drmshow
