// What a presenter does that decides by chance: the ring itself, and who hears of each step.
#pragma once

#include <functional>
#include <random>
#include <utility>

#include "drm-show/present_event.hpp"
#include "ring/frame_fates.hpp"

namespace drmshow::model::test {

class ChancePresenter {
 public:
  using Tell = std::function<void(const PresentEvent&)>;

  ChancePresenter(const FrameRing& ring, unsigned seed, Tell tell)
      : ring_{ring}, random_{seed}, tell_{std::move(tell)} {}

  /// A round: some steps, or none.
  void step() {
    if (one_of(2)) draw();
    for (int i = 0; i < ring_.slots(); ++i) finish(i);
    for (int o = 0; o < ring_.outputs(); ++o) output(o);
    for (int i = 0; i < ring_.slots(); ++i) release(i);
  }

  const FrameRing& ring() const { return ring_; }

 private:
  bool one_of(unsigned count) { return random_() % count == 0; }

  void log(PresentStep step, Frame frame, std::uint64_t cookie, int output = 0,
           RenderFence fence = RenderFence::none, std::uint64_t by = 0) {
    PresentEvent event{Time{Nanoseconds{++now_}},         step,  fence,  0,
                       static_cast<std::uint8_t>(output), frame, cookie, 0};
    event.by = by;
    tell_(event);
  }

  // Does a step of the ring, and logs it with what it has made of frames.
  template <class Change>
  void step(PresentStep step, Frame frame, std::uint64_t cookie, int output, RenderFence fence,
            const Change& change) {
    const FrameRing before = ring_;
    change();
    log(step, frame, cookie, output, fence);
    tell_fates(before, ring_, [&](const FrameFate& fate) {
      log(fate.superseded ? PresentStep::superseded : PresentStep::cancelled, fate.frame, 0,
          fate.output, RenderFence::none, fate.by);
    });
  }

  void draw() {
    const auto frame = ring_.acquire();
    if (!frame) return;
    log(PresentStep::acquire, *frame, 0);
    const RenderFence fence{static_cast<std::uint8_t>(random_() % 3)};
    step(PresentStep::submit, *frame, 0, 0, fence, [&] { ring_.submit(*frame, fence); });
  }

  void finish(int slot) {
    const Frame frame{static_cast<std::uint8_t>(slot), ring_.number(slot)};
    if (one_of(2) || !ring_.unsignalled(slot)) return;
    const bool success = !one_of(8);
    step(success ? PresentStep::signal : PresentStep::fence_error, frame, 0, 0, RenderFence::none,
         [&] { ring_.signalled(frame, success); });
  }

  // A compositor: sometimes early, sometimes late.
  void release(int slot) {
    const Frame frame{static_cast<std::uint8_t>(slot), ring_.number(slot)};
    const bool current = ring_.use(slot) != SlotUse::retiring;
    if (!ring_.held(slot) || !one_of(current ? 5 : 2)) return;
    ring_.released(frame);
    log(PresentStep::release, frame, 0);
  }

  void output(int o) {
    if (const auto cookie = ring_.pending_cookie(o); cookie != 0 && !one_of(3)) {
      const Frame frame = *ring_.pending(o);
      ring_.flipped(o, cookie);
      const bool lost = ring_.slot_return() == SlotReturn::flip && one_of(8);
      return log(lost ? PresentStep::watchdog : PresentStep::flip, frame, cookie, o);
    }
    const auto flip = ring_.next(o);
    if (!flip) return;
    if (one_of(6)) {
      const bool for_good = one_of(4);
      return step(for_good ? PresentStep::refuse : PresentStep::busy, flip->frame, flip->cookie, o,
                  RenderFence::none, [&] {
                    for_good ? ring_.dropped(o, flip->cookie) : ring_.refused(o, flip->cookie);
                  });
    }
    if (flip->modeset) ring_.flipped(o, flip->cookie);
    log(flip->modeset ? PresentStep::modeset : PresentStep::commit, flip->frame, flip->cookie, o);
  }

  FrameRing ring_;
  std::mt19937 random_;
  Tell tell_;
  long now_ = 0;
};

}  // namespace drmshow::model::test
