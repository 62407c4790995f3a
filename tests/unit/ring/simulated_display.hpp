// A display and a driver that take commits, for tests of the pacer: their time is a number.
#pragma once

#include <algorithm>
#include <random>

#include "ring/pacer.hpp"

namespace drmshow::test {

using namespace std::chrono_literals;

inline Nanoseconds hertz(double rate) {
  return Nanoseconds{static_cast<std::int64_t>(1e9 / rate + 0.5)};
}

/// Deterministic, and spread evenly.
class Dice {
 public:
  explicit Dice(unsigned seed = 1) : generator_{seed} {}
  Nanoseconds between(Nanoseconds least, Nanoseconds most) {
    return Nanoseconds{
        std::uniform_int_distribution<std::int64_t>{least.count(), most.count()}(generator_)};
  }
  std::mt19937& generator() { return generator_; }

 private:
  std::mt19937 generator_;
};

struct SimulatedDisplay {
  Nanoseconds period;
  Nanoseconds jitter{};                  // of events, to both sides
  Nanoseconds lead = 50us;               // a commit this short before a blank is too late for it
  std::uint32_t first_sequence = 1'000;  // of the blank at `start`; 0: the driver has none
  bool blanks = true;                    // without: a commit is shown at once
  Time start = Time{100s};
  Dice dice{7};

  Time blank(std::int64_t number) const { return start + number * period; }

  std::int64_t blank_after(Time time) const {
    return std::max<std::int64_t>(0, (time - start) / period + (time < start ? 0 : 1));
  }

  /// Fills in what the event says.
  ShownFrame show(ShownFrame frame) {
    if (!blanks) {
      frame.shown = frame.committed + 100us;
      return frame;
    }
    const std::int64_t number = blank_after(frame.committed + lead);
    frame.shown = blank(number) + dice.between(-jitter, jitter);
    if (first_sequence != 0) frame.sequence = first_sequence + static_cast<std::uint32_t>(number);
    return frame;
  }

  /// One that was drawn and committed at that time.
  ShownFrame show(Time committed, Time due = Time::min()) {
    ShownFrame frame{};
    frame.submitted = frame.ready = frame.committed = committed;
    frame.due = due;
    return show(frame);
  }
};

/// Shows `frames`, each right after the one before, so that none is missed.
inline void show_all(Pacer& pacer, SimulatedDisplay& display, std::int64_t first, int frames) {
  for (std::int64_t i = first; i < first + frames; ++i) {
    pacer.shown(display.show(display.blank(i - 1) + display.period / 8));
  }
}

}  // namespace drmshow::test
