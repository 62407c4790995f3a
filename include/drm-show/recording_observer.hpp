// A presenter's steps in a flight recording, so that drm-trace can tell what became of each frame.
//
//   Recorder recorder{{.program = "wall"}};
//   RecordingObserver observer{recorder};
//   KmsPresenter presenter{device, {}, {.observer = &observer}};
//   observer.introduce(presenter);
#pragma once

#include <cstddef>
#include <cstdint>

#include "drm-show/export.hpp"
#include "drm-show/presenter.hpp"
#include "drm-show/recorder.hpp"

namespace drmshow {

/// What a reader has to know of a presenter's streams, whose numbers begin with `first_stream`:
/// outputs, rings, and what these are like now. Between two steps. Returns how many cells of 64
/// bytes that took.
DRMSHOW_API void record_streams(Recorder& recorder, const Presenter& presenter,
                                std::size_t first_stream) noexcept;

class DRMSHOW_API RecordingObserver : public PresentObserver {
 public:
  /// All outlive it. `next` is told everything, too.
  explicit RecordingObserver(Recorder& recorder, PresentObserver* next = nullptr)
      : recorder_{recorder}, next_{next} {}

  /// Before its first frame. Outputs and rings are recorded now, and again and again, since the
  /// oldest records are overwritten. `presenter` outlives all of its steps.
  void introduce(const Presenter& presenter);

  void on(const PresentEvent& event) override;
  void on_missed(const MissedBlanks& missed) override;

 private:
  Recorder& recorder_;
  PresentObserver* next_;
  const Presenter* presenter_ = nullptr;
  int steps_ = 0;  // since its streams were recorded last
};

}  // namespace drmshow
