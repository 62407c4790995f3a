// The recorder's clock against the kernel's.
#include "record/record_clock.hpp"

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

}  // namespace
}  // namespace drmshow
