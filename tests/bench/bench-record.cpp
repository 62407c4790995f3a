// bench-record: what a record costs whoever writes it. In one run, the best of many short ones:
//
//   clock_gettime   reading CLOCK_MONOTONIC alone, which nobody can do without who writes a time
//   record          a Recorder's record of 48 bytes with its time: one cell of 64 bytes, committed
//   mutex           the same 64 bytes with the same time, copied into a ring that a mutex protects
//   its clock       what a recorder asks instead of the kernel: the processor's own counter, if
//   safe nothing         the loop alone, which is in all of them
//
// With one thread, and with two that write into the same ring at the same time, each as many: that
// is the time until both are done, for each record of one. "beyond clock" is what something costs
// more than reading the clock; the aim for a record is 15 ns.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <mutex>
#include <thread>
#include <vector>

#include <unistd.h>

#include "drm-show/recorder.hpp"
#include "record/record_clock.hpp"

namespace {

using namespace drmshow;

// Short runs, of which some are left alone by everything else on the machine.
constexpr int runs = 300;
constexpr int records = 5'000;
constexpr std::size_t ring_bytes = std::size_t{1} << 20;

struct Payload {
  std::array<std::uint64_t, 6> words;
};

// Makes the compiler believe that somebody looks at everything.
void use_memory() {
  asm volatile("" ::: "memory");
}

std::uint64_t clock_ns() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000u +
         static_cast<std::uint64_t>(time.tv_nsec);
}

/// What many write instead of a ring without locks.
class MutexRing {
 public:
  void record(const Payload& payload) {
    Cell cell{clock_ns(), thread_, payload};
    const std::lock_guard lock{mutex_};
    cells_[next_++ % cells_.size()] = cell;
  }

 private:
  struct Cell {
    std::uint64_t time;
    std::uint64_t head;
    Payload payload;
  };
  static_assert(sizeof(Cell) == 64);

  std::mutex mutex_;
  std::uint64_t next_ = 0;
  std::vector<Cell> cells_{ring_bytes / sizeof(Cell)};
  std::uint64_t thread_ = static_cast<std::uint64_t>(::gettid());
};

template <class Work>
double nanoseconds_each(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < records; ++i) {
    work(static_cast<std::uint64_t>(i));
    use_memory();
  }
  const std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - start;
  return time.count() / records;
}

template <class Work>
double best_of_one(const Work& work) {
  double best = 1e9;
  for (int i = 0; i < runs; ++i) best = std::min(best, nanoseconds_each(work));
  return best;
}

using Moment = std::chrono::steady_clock::time_point;

// Both begin together. From the first one's begin to the last one's end; the best run is one in
// which both had a processor all the time.
template <class Work>
double best_of_two(const Work& work) {
  std::atomic<int> begun = 0;
  std::atomic<int> ended = 0;
  std::array<Moment, 2> begin;
  std::array<Moment, 2> end;
  double best = 1e9;
  const auto wait = [](const std::atomic<int>& count, int until) {
    while (count < until) std::this_thread::yield();
  };
  const auto run_both = [&](std::size_t me, int run) {
    ++begun;
    wait(begun, 2 * (run + 1));
    begin[me] = std::chrono::steady_clock::now();
    nanoseconds_each(work);
    end[me] = std::chrono::steady_clock::now();
    ++ended;
    wait(ended, 2 * (run + 1));
  };
  std::thread other{[&] {
    for (int run = 0; run < 2 * runs; ++run) run_both(1, run);
  }};
  for (int run = 0; run < 2 * runs; ++run) {
    run_both(0, run);
    const std::chrono::duration<double, std::nano> time =
        std::ranges::max(end) - std::ranges::min(begin);
    best = std::min(best, time.count() / records);
  }
  other.join();
  return best;
}

struct Row {
  const char* name;
  double one;
  double two;
};

template <class Work>
Row measure(const char* name, const Work& work) {
  return {name, best_of_one(work), best_of_two(work)};
}

Payload payload_of(std::uint64_t i) {
  return {{i, i + 1, i + 2, i + 3, i + 4, i + 5}};
}

}  // namespace

int main() {
  Recorder recorder{{.bytes = ring_bytes, .program = "bench-record"}};
  MutexRing mutex_ring;
  const std::array rows{
      measure("nothing", [](std::uint64_t) {}),
      measure("clock_gettime", [](std::uint64_t) { static_cast<void>(clock_ns()); }),
      measure("its clock", [](std::uint64_t) { static_cast<void>(record_now()); }),
      measure("record", [&](std::uint64_t i) { recorder.record(RecordTag::user, payload_of(i)); }),
      measure("mutex", [&](std::uint64_t i) { mutex_ring.record(payload_of(i)); }),
  };
  const Row& clock = rows[1];
  fmt::print("                 one thread   of clock   beyond clock   two threads   of clock\n");
  for (const Row& row : rows) {
    fmt::print("{:<14} {:>9.1f} ns {:>10.2f} {:>11.1f} ns {:>10.1f} ns {:>10.2f}\n", row.name,
               row.one, row.one / clock.one, row.one - clock.one, row.two, row.two / clock.two);
  }
  fmt::print(
      "A record is {:.2f} of the mutex's with one thread, {:.2f} with two; {}; {} lost.\n",
      rows[3].one / rows[4].one, rows[3].two / rows[4].two,
      counts_cycles() ? "the processor's counter is the clock" : "the kernel's clock is read",
      recorder.lost());
  return 0;
}
