// Frames for a presenter: draws when a framebuffer is free and something is to be drawn, and waits
// for whatever comes first.
#pragma once

#include <vector>

#include <poll.h>

#include "drm-show/presenter.hpp"
#include "show/content.hpp"
#include "show/content_maker.hpp"
#include "show/easel.hpp"
#include "show/flight_recording.hpp"
#include "show/gpu_studio.hpp"
#include "show/hud_text.hpp"
#include "show/options.hpp"
#include "show/timing.hpp"

namespace drmshow {

/// Where an animation stands, from one loop to the next.
struct AnimationClock {
  Time begin;
  std::uint64_t frames = 0;
};

class FrameLoop {
 public:
  /// What frames are made of. All of it outlives the loop.
  struct Studio {
    Presenter& presenter;
    GpuStudio* gpu;     ///< who draws; the CPU if nullptr
    std::string where;  ///< as of spot_on()
  };
  /// Makes the content: throws Error if it cannot. `frames_shown`: of each output, by loops before.
  FrameLoop(const Options& options, const Studio& studio, AnimationClock clock,
            std::span<const std::uint64_t> frames_shown);

  /// What is drawn from here on is recorded. The presenter has been introduced there.
  void record_in(FlightRecording& recording);

  /// Draws what can be drawn, if the display is `ours`; then waits for the presenter, until
  /// `until`, or until one of `fds` is ready, whose revents are set. Adds to `fds` what is its own.
  /// False, and does not wait, once all frames that were asked for are on the screen.
  bool step(std::vector<pollfd>& fds, Time until, bool ours);

  /// Other content, as the options are now. Throws Error if it cannot be made; the old stays then.
  void change_content(const Options& options);
  /// The same in two parts, of which whatever takes long may be done elsewhere: what to make, if
  /// the CPU draws; and that this was made.
  bool drawn_by_cpu() const { return !studio_.gpu; }
  std::vector<ArtistOrder> orders() const;
  void change_content(const Options& options, ContentMaker::Artists artists);
  /// The picture stands still, or goes on.
  void pause(bool paused);
  /// An output has had a picture; each has, as far as there is one to be had (a cable may be out).
  bool lit() const;
  bool all_lit() const;
  AnimationClock clock() const;
  /// take_shot() gives what is on the screen of output `index` now, as soon as there is time to
  /// look at it; never if there is no picture yet.
  void ask_for_shot(std::size_t index);
  std::optional<Shot> take_shot();
  /// What is to be said of the GPU that draws for output `index`; nothing if none does.
  std::optional<GpuAccount> account(std::size_t index) const;

  /// The end is near: what is at work in the background is not wanted any more.
  void give_up();
  /// To end it now would not mean to wait for whoever draws.
  bool idle() const;
  /// Whoever is still drawing records nothing more: the recording ends before them.
  void stop_recording();

 private:
  struct Part {
    Easel easel;
    FrameTiming timing;
    bool still;           // draws only what is wanted
    Moment last{1, {}};   // what was drawn last
    bool changed = true;  // set by change_content(), cleared when it is drawn
    std::uint64_t frames_before = 0;
    std::uint64_t waits_before = 0;  // of the artists before this one, for the GPU
    bool news = false;  // of the artist's: set when its descriptor is ready, cleared when looked at
  };

  ArtistOrder order(std::size_t stream) const;
  std::unique_ptr<Artist> make_artist(const Options& options, std::size_t stream) const;
  std::unique_ptr<FrameArtist> framed(std::unique_ptr<Artist> artist, std::size_t stream) const;
  static std::uint64_t waits_of(const Part& part);
  void add_fds(std::vector<pollfd>& fds) const;
  void note_changes(std::span<const pollfd> fds);
  void take_changes();
  void take_what_is_drawn();
  bool has_shot() const;
  void draw_what_can_be_drawn();
  bool draw_one(std::size_t stream, Time now);
  void paint(std::size_t stream, const Canvas& canvas, const FrameTiming::Next& next, Time now);
  bool stands_still(std::size_t stream) const { return paused_at_ || parts_[stream].still; }
  bool wants_frame(std::size_t stream) const;
  bool enough(std::size_t stream) const;
  bool all_shown(std::size_t stream) const;
  Nanoseconds most_to_draw_here(std::size_t stream) const;
  Time next_due() const;

  Options options_;
  Studio studio_;
  Presenter& presenter_;
  FlightRecording* recording_ = nullptr;  // set by record_in()
  std::vector<Part> parts_;               // by the streams
  std::vector<HudText> hud_texts_;
  unsigned processors_;  // with a single one a thread would only be in the way
  std::optional<Time> paused_at_;
  Time begin_;
  Time tried_at_{};  // set by draw_what_can_be_drawn()
};

}  // namespace drmshow
