// Has the frames of one stream drawn, here and now or in a thread, and knows how long that takes.
#pragma once

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

  /// Draws frame `moment` into `canvas`, here and now.
  Drawn draw(const Canvas& canvas, const Moment& moment);
  /// Begins to draw it in a thread of its own; fd() is readable once that is done.
  void start(const Canvas& canvas, const Moment& moment);
  /// What was drawn in the thread, once it is done. Throws what drawing threw.
  std::optional<Drawn> take_finished();
  bool busy() const { return thread_ && thread_->busy(); }
  /// -1 if there is no thread.
  int fd() const { return thread_ ? thread_->fd() : -1; }

  /// How long the last frame took to draw; of one that had to be drawn whole it says nothing.
  Nanoseconds paint_time() const { return paint_time_; }

  /// Not while busy().
  Artist& artist() { return *artist_; }
  const Artist& artist() const { return *artist_; }

 private:
  void set(const Canvas& canvas, const Moment& moment);
  void paint();

  std::unique_ptr<Artist> artist_;
  bool measures_ = false;
  Nanoseconds paint_time_;  // written where it is drawn, as drawn_ is
  Drawn drawn_;
  FlightRecording* recording_ = nullptr;
  DrawRecord record_{};                 // of the frame that is drawn
  std::unique_ptr<WorkThread> thread_;  // made when it is needed first; ends before the others go
};

}  // namespace drmshow
