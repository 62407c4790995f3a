// An output as frames come to it: how to flip it, when, and how it went.
#pragma once

#include "drm-show/presenter.hpp"
#include "kms/commit_ladder.hpp"
#include "kms/flip.hpp"
#include "present/frame_stream.hpp"
#include "present/frame_track.hpp"
#include "ring/flip_watch.hpp"

namespace drmshow {

struct Head : FrameTrack {
  Head(std::size_t output, std::size_t stream, int place, Flipper flipper, Nanoseconds period,
       Pacer::Source source);

  /// The frame in `slot` has come onto the screen; what was missed before it.
  Miss shown(const SlotFrame& slot, const ShownAt& at);
  /// The mode has been set, or the output is back: what was in the way before is over.
  void start_anew();

  std::size_t output;  ///< in the plan
  std::size_t stream;
  int place;  ///< among the stream's outputs
  Flipper flipper;
  FlipWatch watch;
  bool tears = false;      ///< set at first if wished and possible; cleared when it is refused
  bool unplugged = false;  ///< set and cleared when cables change
  Time committed{};        ///< of what is pending
  Time commit_by = Time::max();  ///< set when a commit is planned late; cleared when it is made
  Time retry_at = Time::min();   ///< set when a commit has to wait; cleared by one that is accepted
  Time busy_since = Time::max();  ///< of the first of several refusals
  int refusals = 0;               ///< of the frame that is to be shown next
  int modesets_in_vain = 0;       ///< since the last frame that was shown
  UniqueFd out_fence;             ///< of the last commit
};

}  // namespace drmshow
