// The loop of drm-show while frames move: draws when a framebuffer is free, waits for whatever
// comes first, and knows when it is over.
#pragma once

#include <vector>

#include <poll.h>

#include "drm-show/presenter.hpp"
#include "session/signals.hpp"
#include "session/terminal.hpp"
#include "show/frame_artist.hpp"
#include "show/hud_text.hpp"
#include "show/options.hpp"
#include "show/timing.hpp"

namespace drmshow {

class FrameLoop {
 public:
  FrameLoop(const Options& options, const Device& device, Presenter& presenter);

  /// Returns when a key or a signal asks for the end, the time is up, or all frames were shown.
  /// `on_first`: called once, when the first frames are on the screen.
  template <class OnFirst>
  void run(const EndSignals& signals, Terminal& terminal, const OnFirst& on_first);

 private:
  struct Part {
    FrameArtist artist;
    FrameTiming timing;
    std::optional<Canvas> canvas;  // being drawn in the artist's thread
    Time due = Time::min();        // of that
  };

  void make_part(const Device& device, std::size_t stream);
  void draw_what_can_be_drawn();
  void draw(std::size_t stream);
  bool draw_one(std::size_t stream, Time now);
  bool enough(std::size_t stream) const;
  bool all_shown(std::size_t stream) const;
  bool is_slow_to_draw(std::size_t stream) const;
  void fill_hud(std::size_t stream, std::uint64_t number, Time now);
  Time next_due() const;
  void gather(const EndSignals& signals, const Terminal& terminal);
  bool step(const EndSignals& signals, Terminal& terminal);
  bool lit() const;

  const Options& options_;
  Presenter& presenter_;
  std::vector<Part> parts_;  // by the streams
  std::vector<HudText> hud_texts_;
  std::vector<pollfd> fds_;
  unsigned processors_;  // with a single one a thread would only be in the way
  Time end_ = Time::max();
  Time begin_;
  Time tried_at_{};  // set by draw_what_can_be_drawn()
};

template <class OnFirst>
void FrameLoop::run(const EndSignals& signals, Terminal& terminal, const OnFirst& on_first) {
  bool first = true;
  bool goes_on = true;
  while (goes_on) {
    goes_on = step(signals, terminal);
    if (!first || !lit()) continue;
    on_first();
    first = false;
  }
}

}  // namespace drmshow
