// What presenters of one window share: its surface's commits, the events that come of them, and
// buffers that nobody draws into any more but the compositor still reads.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "drm-show/scanout_image.hpp"
#include "wayland/dmabuf_formats.hpp"
#include "wayland/surface_commits.hpp"
#include "wayland/wayland_buffer.hpp"
#include "wayland/window.hpp"
#include "window/frame_sync.hpp"

namespace drmshow {

/// A buffer of the compositor's, and the memory that is only ours to keep.
class WindowBuffer {
 public:
  virtual ~WindowBuffer() = default;
  virtual const WaylandBuffer& buffer() const = 0;
};

class WindowScreen {
 public:
  /// The window must outlive it. Throws Error (compositor).
  explicit WindowScreen(Window& window);
  /// Hides the window: nobody takes away what is shown.
  ~WindowScreen();
  WindowScreen(const WindowScreen&) = delete;
  WindowScreen& operator=(const WindowScreen&) = delete;

  Window& window() { return window_; }
  const Window& window() const { return window_; }
  SurfaceCommits& commits() { return commits_; }
  WindowEvents& events() { return events_; }
  /// Which dmabufs the compositor takes.
  const DmabufFeedback& feedback() const { return formats_.feedback(); }

  /// For a buffer, or a presenter's commits: never the same twice.
  std::uint64_t next_number() { return ++last_number_; }

  /// The next thing that came; releases of what was buried are not told.
  std::optional<WindowEvent> next_event();
  /// The compositor reads this buffer, until its release comes, whoever takes that event: a
  /// presenter may get those of the one before it.
  void hold(std::uint64_t number);
  void let_go(std::uint64_t number);
  bool holds(std::uint64_t number) const;
  /// Keeps a buffer that it holds until the compositor has released it. `number`: its cookie.
  /// `points`: of its last commit, if that had any.
  void bury(std::unique_ptr<WindowBuffer> buffer, std::uint64_t number,
            const std::optional<SyncPoints>& points);
  /// For frames in images: how to wait for each other, frame by frame; nullptr if that cannot be
  /// had. For frames in memory there is to be none.
  FrameSync* begin_sync();
  void end_sync();

 private:
  struct Grave {
    std::uint64_t number;
    std::unique_ptr<WindowBuffer> buffer;
    std::optional<SyncPoints> points;
  };

  bool exhume(std::uint64_t number);
  void exhume_passed();

  Window& window_;
  WindowEvents events_;
  SurfaceCommits commits_;
  DmabufFormats formats_;
  std::vector<std::uint64_t> held_;  // of buffers that live; room for all from the beginning
  std::vector<Grave> graves_;
  std::unique_ptr<FrameSync> sync_;
  std::uint64_t last_number_ = 0;
};

}  // namespace drmshow
