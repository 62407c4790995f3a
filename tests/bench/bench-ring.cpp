// bench-ring: what a frame costs in the ring (acquire, submit, next, flipped), beside what locking
// and unlocking a mutex that nobody else wants costs in the same run; the best of several runs.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <mutex>

#include "drm-show/frame_ring.hpp"

namespace {

using namespace drmshow;

// Short runs, of which some are left alone by everything else on the machine.
constexpr int runs = 500;
constexpr int frames = 10'000;

// Makes the compiler believe that somebody looks at everything.
void use_memory() {
  asm volatile("" ::: "memory");
}

template <typename Work>
double best_nanoseconds(const Work& work) {
  double best = 1e9;
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    for (int frame = 0; frame < frames; ++frame) work();
    const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - start;
    best = std::min(best, time.count() / frames);
  }
  return best;
}

double ring_nanoseconds(int slots, RingPolicy policy) {
  FrameRing ring{slots, policy};
  const double best = best_nanoseconds([&ring] {
    if (const auto frame = ring.acquire()) ring.submit(*frame);
    if (const auto flip = ring.next(0)) ring.flipped(0, flip->cookie);
    use_memory();
  });
  // A ring that stood still would be fast.
  const FrameCounts expected{std::uint64_t{runs} * frames, std::uint64_t{runs} * frames};
  return ring.counts(0) == expected ? best : 0;
}

double mutex_nanoseconds() {
  std::mutex mutex;
  return best_nanoseconds([&mutex] {
    const std::lock_guard lock{mutex};
    use_memory();
  });
}

}  // namespace

int main() {
  const double baseline = mutex_nanoseconds();
  fmt::print("{:<20} {:6.1f} ns\n", "mutex", baseline);
  for (const int slots : {2, 3, 4, 8}) {
    for (const RingPolicy policy : {RingPolicy::fifo, RingPolicy::mailbox}) {
      const double time = ring_nanoseconds(slots, policy);
      fmt::print("{:<8} {} slots {:>10.1f} ns   {:4.1f} mutexes\n",
                 policy == RingPolicy::fifo ? "FIFO" : "MAILBOX", slots, time, time / baseline);
    }
  }
  return 0;
}
