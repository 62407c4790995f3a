// What the compositor tells about commits and buffers, kept until somebody asks. Nothing here
// allocates.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "drm-show/time.hpp"

namespace drmshow {

enum class WindowEventKind : std::uint8_t {
  frame_done,  ///< now is a good time for the next frame (wl_surface.frame)
  presented,   ///< the commit is on the screen since `time`
  discarded,   ///< the commit never was on the screen: superseded, or the window is hidden
  unanswered,  ///< the compositor says neither, and is not asked any more
  released,    ///< the compositor does not read this buffer any more
};

/// What the presentation time is worth (wp_presentation_feedback.kind).
struct PresentedHow {
  bool vsync = false;          ///< did not tear
  bool hw_clock = false;       ///< the display hardware's own timestamp
  bool hw_completion = false;  ///< the display hardware said so, not a timer
  bool zero_copy = false;      ///< our buffer itself was scanned out
  friend bool operator==(const PresentedHow&, const PresentedHow&) = default;
};

struct WindowEvent {
  WindowEventKind kind = WindowEventKind::frame_done;
  std::uint64_t cookie = 0;  ///< SurfaceFrame::cookie; of `released`, the buffer's
  Time time{};  ///< when: `presented` as the compositor says, all others when they were read
  // Of `presented` only:
  bool time_known =
      false;              ///< the compositor's clock is ours; otherwise `time` is when it was read
  Nanoseconds refresh{};  ///< from this vertical blank to the next; 0: unknown, or variable
  std::uint64_t sequence = 0;  ///< of vertical blanks; 0: unknown
  PresentedHow how;
};

/// In the order in which they came.
class WindowEvents {
 public:
  /// Two of each commit that may be on its way (SurfaceCommits::most_pending), and each buffer's
  /// release: more cannot come between two looks, if everything is taken at each.
  static constexpr std::size_t most = 160;

  std::optional<WindowEvent> next() noexcept;
  bool empty() const noexcept { return count_ == 0; }
  /// Of events that nobody took in time: none, or somebody forgot to take them.
  std::uint64_t lost() const noexcept { return lost_; }

  void add(const WindowEvent& event) noexcept;

 private:
  std::array<WindowEvent, most> events_{};
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::uint64_t lost_ = 0;
};

}  // namespace drmshow
