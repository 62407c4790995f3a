// Has the frames of one stream drawn, here and now or in a thread, and knows how long that takes.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "base/work_thread.hpp"
#include "drm-show/presenter.hpp"
#include "show/artist.hpp"
#include "show/flight_recording.hpp"

namespace drmshow {

class FrameArtist {
 public:
  explicit FrameArtist(std::unique_ptr<Artist> artist);

  /// Whether paint_time() is wanted: it takes two looks at the clock for each frame.
  void measure() { measures_ = true; }

  /// When drawing begins and ends is recorded; not while busy().
  void record_in(FlightRecording& recording, std::uint8_t stream);
  /// Even while busy().
  void stop_recording() { recording_ = nullptr; }

  /// Draws frame `moment` into `canvas`, here and now.
  Drawn draw(const Canvas& canvas, const Moment& moment);
  /// Begins to draw it in a thread of its own; fd() is readable once that is done.
  void start(const Canvas& canvas, const Moment& moment);
  /// What was drawn in the thread, once it is done. Throws what drawing threw.
  std::optional<Drawn> take_finished();
  bool busy() const { return thread_ && thread_->busy(); }
  /// Begins to read what was drawn for `moment` into `canvas`, likewise; take_read() gives it.
  void start_reading(const Canvas& canvas, const Moment& moment);
  std::optional<RgbImage> take_read();
  /// -1 if there is no thread.
  int fd() const { return thread_ ? thread_->fd() : -1; }

  /// How long the last frame took to draw; of one that had to be drawn whole it says nothing.
  Nanoseconds paint_time() const { return paint_time_; }
  /// What it shows is something else now: how long that takes nobody knows. Not while busy().
  void forget_paint_time() { paint_time_ = unknown_paint_time(); }

  /// To end it would not mean to wait.
  bool idle() const { return (!thread_ || !thread_->working()) && (!artist_ || artist_->idle()); }
  /// It draws no more, and all that it drew was taken. True if it can end now; else it is about to,
  /// in the thread if there is one.
  bool leave();

  /// Not while busy().
  Artist& artist() { return *artist_; }
  const Artist& artist() const { return *artist_; }

 private:
  void set(const Canvas& canvas, const Moment& moment);
  void paint();
  Nanoseconds unknown_paint_time() const {
    return artist_->may_wait() ? Nanoseconds::max() : Nanoseconds{};
  }

  std::unique_ptr<Artist> artist_;
  bool measures_ = false;
  Nanoseconds paint_time_;  // written where it is drawn, as drawn_ is
  Drawn drawn_;
  Canvas to_read_;  // written by start_reading(), as read_moment_ is
  Moment read_moment_;
  RgbImage read_;  // written where that is done
  std::atomic<FlightRecording*> recording_{nullptr};
  DrawRecord record_{};                 // of the frame that is drawn
  std::unique_ptr<WorkThread> thread_;  // made when it is needed first; ends before the others go
};

}  // namespace drmshow
