// Draws the frames of one stream: which frame, at what time, and only what has changed in the
// framebuffer that it gets.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>

#include "drm-show/presenter.hpp"
#include "present/draw_thread.hpp"
#include "render/cpu/animation.hpp"
#include "render/cpu/frame_painter.hpp"
#include "render/cpu/hud.hpp"

namespace drmshow {

class FrameArtist {
 public:
  /// `hud`: the same animation where it has a panel, else nullptr.
  FrameArtist(std::unique_ptr<Animation> animation, Hud* hud, Format format);

  /// Whether paint_time() is wanted: it takes two looks at the clock for each frame.
  void measure() { measures_ = true; }

  /// Draws frame `moment` into `canvas`, here and now.
  void draw(const Canvas& canvas, const Moment& moment);
  /// Begins to draw it in a thread of its own; fd() is readable once that is done.
  void start(const Canvas& canvas, const Moment& moment);
  /// The canvas that was drawn in the thread, once it is done.
  std::optional<Canvas> take_finished();
  bool busy() const { return thread_ && thread_->busy(); }
  /// -1 if there is no thread.
  int fd() const { return thread_ ? thread_->fd() : -1; }

  /// How long the last frame took to draw; of one that had to be drawn whole it says nothing.
  Nanoseconds paint_time() const { return paint_time_; }

  /// nullptr if it has none. Not while busy().
  Hud* hud() { return hud_; }

 private:
  void set(const Canvas& canvas, const Moment& moment);
  void paint();

  std::unique_ptr<Animation> animation_;
  Hud* hud_;
  FramePainter painter_;
  Damage damage_;
  std::array<std::optional<Moment>, FrameRing::most_slots> held_{};  // by the framebuffers
  Canvas canvas_;
  bool measures_ = false;
  bool whole_ = false;                  // set by set(): the framebuffer held nothing yet
  Nanoseconds paint_time_{};            // written where it is drawn
  std::unique_ptr<DrawThread> thread_;  // made when it is needed first; ends before the others go
};

}  // namespace drmshow
