// Long runs of the ring, decided by chance: the model takes them as they are, and in no other way.
#include <random>
#include <vector>

#include "present/present_log.hpp"
#include "replay_cases.hpp"

namespace drmshow::model::test {
namespace {

// What a presenter does that decides by chance: the ring itself, and a log of it.
class Presenter {
 public:
  Presenter(FrameRing ring, unsigned seed) : ring_{ring}, random_{seed} {}

  std::vector<std::string> run(std::size_t steps) {
    while (lines_.size() < steps) step();
    return lines_;
  }

 private:
  bool one_of(unsigned count) { return random_() % count == 0; }

  void log(PresentStep step, Frame frame, std::uint64_t cookie, int output = 0,
           RenderFence fence = RenderFence::none, std::uint64_t by = 0) {
    PresentLine line;
    PresentEvent event{Time{Nanoseconds{++now_}},         step,  fence,  0,
                       static_cast<std::uint8_t>(output), frame, cookie, 0};
    event.by = by;
    lines_.emplace_back(line.data(), write_present_line(line, event, Time{}));
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

  void step() {
    if (one_of(2)) {
      if (const auto frame = ring_.acquire()) {
        log(PresentStep::acquire, *frame, 0);
        const RenderFence fence{static_cast<std::uint8_t>(random_() % 3)};
        step(PresentStep::submit, *frame, 0, 0, fence, [&] { ring_.submit(*frame, fence); });
      }
    }
    for (int i = 0; i < ring_.slots(); ++i) {
      const Frame frame{static_cast<std::uint8_t>(i), ring_.number(i)};
      if (one_of(2) || !ring_.unsignalled(i)) continue;
      const bool success = !one_of(8);
      step(success ? PresentStep::signal : PresentStep::fence_error, frame, 0, 0, RenderFence::none,
           [&] { ring_.signalled(frame, success); });
    }
    for (int o = 0; o < ring_.outputs(); ++o) output(o);
    for (int i = 0; i < ring_.slots(); ++i) release(i);
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
  std::vector<std::string> lines_;
  long now_ = 0;
};

std::string joined(const std::string& setup, const std::vector<std::string>& lines) {
  std::string log = "drm-show ring log 2\nstream 0: " + setup + "\n";
  for (const std::string& line : lines) log += line;
  return log;
}

std::string setup_line(const FrameRing& ring) {
  return "slots " + std::to_string(ring.slots()) + " policy " + name(ring.policy()) + " outputs " +
         std::to_string(ring.outputs()) + " return " + name(ring.slot_return());
}

void expect_taken(const FrameRing& ring) {
  const Verdict verdict = judge(joined(setup_line(ring), Presenter{ring, 1}.run(3000)));
  EXPECT_TRUE(verdict.good) << setup_line(ring) << "\n" << verdict.text;
}

TEST(Replay, TakesWhateverTheRingDoes) {
  for (const RingPolicy policy : {RingPolicy::fifo, RingPolicy::mailbox}) {
    for (int outputs = 1; outputs <= FrameRing::most_outputs; ++outputs) {
      for (int slots = std::max(2, outputs + 1); slots <= FrameRing::most_slots; ++slots)
        expect_taken(FrameRing{slots, policy, outputs});
    }
    for (int slots = 2; slots <= FrameRing::most_slots; ++slots)
      expect_taken(FrameRing{slots, policy, 1, SlotReturn::release});
  }
}

// Each line but the last ones matters: without it, or twice, the run is none of the model.
void expect_each_line_matters(const FrameRing& ring) {
  const auto lines = Presenter{ring, 7}.run(400);
  for (std::size_t i = 0; i + 50 < lines.size(); ++i) {
    auto without = lines;
    without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
    auto twice = lines;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
    EXPECT_FALSE(judge(joined(setup_line(ring), without)).good) << lines[i];
    EXPECT_FALSE(judge(joined(setup_line(ring), twice)).good) << lines[i];
  }
}

TEST(Replay, NoticesEachLineThatIsMissingOrThereTwice) {
  for (const RingPolicy policy : {RingPolicy::fifo, RingPolicy::mailbox}) {
    expect_each_line_matters(FrameRing{3, policy});
    expect_each_line_matters(FrameRing{3, policy, 1, SlotReturn::release});
  }
}

}  // namespace
}  // namespace drmshow::model::test
