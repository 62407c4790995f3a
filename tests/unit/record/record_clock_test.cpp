// The recorder's clock against the kernel's.
#include "record/record_clock.hpp"

#include <csignal>
#include <thread>

#include <gtest/gtest.h>

namespace drmshow {
namespace {

using namespace std::chrono_literals;

// Somebody else may run between two looks; not each time.
TEST(RecordClock, SaysWhatTheKernelSays) {
  int wrong = 0;
  const Time end = Clock::now() + 400ms;
  int looks = 0;
  while (Clock::now() < end) {
    const Time before = Clock::now();
    const Time between = record_now();
    const Time after = Clock::now();
    ++looks;
    if (between < before - 2us || between > after + 2us) ++wrong;
    if (looks % 64 == 0) std::this_thread::sleep_for(1ms);
  }
  EXPECT_LE(wrong, looks / 50);
}

TEST(RecordClock, EachThreadHasItsOwn) {
  static_cast<void>(record_now());
  std::thread{[] {
    const Time before = Clock::now();
    const Time first = record_now();
    EXPECT_GE(first, before);
    EXPECT_LT(first - before, 1s);
  }}.join();
}

TEST(RecordClock, AfterALongPause) {
  for (int i = 0; i < 3; ++i) {
    const Time before = Clock::now();
    const Time now = record_now();
    EXPECT_GE(now, before - 2us);
    EXPECT_LT(now - before, 1s);
    std::this_thread::sleep_for(150ms);
  }
}

#if defined(__x86_64__)

int instructions = 0;  // of the look that is stepped through
int interrupted_at = 0;

// At one of the instructions the thread is gone for longer than its measure is trusted, and then
// the handler itself looks at the clock, which measures anew.
void interrupt(int) {
  if (++instructions != interrupted_at) return;
  const Time end = Clock::now() + 3ms;
  while (Clock::now() < end) continue;
  static_cast<void>(record_now());
}

void set_trap_flag(bool on) {
  if (on) {
    asm volatile("sub $128, %%rsp; pushfq; orq $0x100, (%%rsp); popfq; add $128, %%rsp" ::
                     : "memory", "cc");
  } else {
    asm volatile("sub $128, %%rsp; pushfq; andq $~0x100, (%%rsp); popfq; add $128, %%rsp" ::
                     : "memory", "cc");
  }
}

void busy_for(Nanoseconds span) {
  const Time end = Clock::now() + span;
  while (Clock::now() < end) continue;
}

// A thread's first measure is of a millisecond, and is trusted for another one.
void measure_for_the_first_time() {
  static_cast<void>(record_now());
  busy_for(1100us);
  static_cast<void>(record_now());
  busy_for(600us);
}

Time stepped_through() {
  instructions = 0;
  set_trap_flag(true);
  const Time told = record_now();
  set_trap_flag(false);
  return told;
}

// Signal handlers record, too: at whatever instruction of another look they come.
TEST(RecordClock, MayBeInterruptedAnywhereByOneThatMeasures) {
  if (!counts_cycles()) GTEST_SKIP() << "it is the kernel's clock";
  struct sigaction action {};
  struct sigaction before {};
  action.sa_handler = interrupt;
  ::sigaction(SIGTRAP, &action, &before);
  constexpr int most = 120;
  for (interrupted_at = 1; interrupted_at <= most; ++interrupted_at) {
    std::thread{[] {
      measure_for_the_first_time();
      const Time told = stepped_through();
      EXPECT_LE(told, Clock::now() + 20us) << "at instruction " << interrupted_at;
    }}.join();
    if (instructions < interrupted_at) break;
  }
  EXPECT_GT(interrupted_at, 5) << "nothing was stepped through";
  ::sigaction(SIGTRAP, &before, nullptr);
}

#endif

}  // namespace
}  // namespace drmshow
