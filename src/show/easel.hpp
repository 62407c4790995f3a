// Where the frames of one stream are drawn: by the artist of what is shown now, here or in a
// thread. Nobody waits for an artist: one whose content is not shown any more leaves when there is
// no work left, and what shows the screen (screenshots) is drawn in the thread as frames are.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "drm-show/presenter.hpp"
#include "show/frame_artist.hpp"
#include "show/timing.hpp"

namespace drmshow {

/// What an output shows.
struct Shot {
  std::size_t output;
  RgbImage image;
};

class Easel {
 public:
  /// Who draws from here on.
  void give(std::unique_ptr<FrameArtist> artist);
  FrameArtist& artist() { return *artist_; }
  const FrameArtist& artist() const { return *artist_; }

  /// Draws a frame, or begins to: in a thread, if it may take more time than `most` or would have
  /// to wait. It is submitted when it is drawn. Not while busy().
  void paint(Presenter& presenter, const Canvas& canvas, const FrameTiming::Next& next,
             Nanoseconds most, Time now);
  /// The thread is at work, or has something to be taken.
  bool busy() const { return at_work_ != nullptr; }
  /// It is at work on a frame.
  bool draws() const { return canvas_.has_value(); }
  /// Readable when the thread is done; -1 if there is nothing to wait for.
  int fd() const { return at_work_ ? at_work_->fd() : -1; }
  /// Submits what is drawn, and lets go of who has nothing to do any more. Throws what drawing
  /// threw.
  void take_what_is_done(Presenter& presenter);
  /// Says once if a frame takes so long that it may never be drawn; when to call it next.
  void complain(Time now);
  Time complain_at() const;

  /// `canvas` is on the screen of this output: take_shot() gives what is in it, now or later.
  void ask_for_shot(std::size_t output, const Canvas& canvas);
  /// Begins with what was asked for. Not while busy().
  void begin_shots(Time now);
  std::optional<Shot> take_shot();
  bool has_shot() const { return !shots_.empty(); }

  /// What is at work in the background is not wanted any more.
  void give_up();
  /// To end this would not mean to wait.
  bool idle() const;
  /// Nothing is recorded from here on.
  void stop_recording();

 private:
  struct Request {
    std::size_t output;
    Canvas canvas;
    Moment moment;
  };

  void start(Time now);
  void take_drawn(Presenter& presenter);
  void take_read();

  std::unique_ptr<FrameArtist> artist_;
  std::vector<std::unique_ptr<FrameArtist>> leaving_;  // of contents before
  FrameArtist* at_work_ = nullptr;  // whose thread is: artist_, or one that leaves
  std::optional<Canvas> canvas_;    // that is drawn into there; nothing if it reads
  std::size_t read_output_ = 0;     // else, for whom
  Time due_ = Time::min();          // of the frame in canvas_
  Time begun_{};                    // to work
  bool complained_ = false;
  std::array<Moment, FrameRing::most_slots> held_{};  // by the framebuffers
  std::vector<Request> requests_;
  std::vector<Shot> shots_;  // taken from the back
};

}  // namespace drmshow
