// Thousands of jobs, handed over and back. tests/model/handover.pml has every order of events.
#include "base/work_thread.hpp"

#include <array>
#include <chrono>
#include <stdexcept>

#include <gtest/gtest.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>

#include "drm-show/frame_ring.hpp"

namespace drmshow::test {
namespace {

using namespace std::chrono_literals;

constexpr int patience_ms = 20'000;  // of a machine that is busy: what is lost never comes

bool becomes_readable(const WorkThread& thread, int patience = patience_ms) {
  pollfd wait{thread.fd(), POLLIN, 0};
  return ::poll(&wait, 1, patience) == 1;
}

// What a job does to its context: a buffer that only one thread may touch at a time.
struct Canvas {
  std::array<std::uint64_t, 64> pixels{};
  std::uint64_t value = 0;
};

void paint(void* context) {
  auto& canvas = *static_cast<Canvas*>(context);
  canvas.pixels.fill(canvas.value);
}

bool is_all(const Canvas& canvas, std::uint64_t value) {
  for (const std::uint64_t pixel : canvas.pixels) {
    if (pixel != value) return false;
  }
  return true;
}

TEST(WorkThread, HandsOverThousandsOfJobsOneByOne) {
  WorkThread thread{"test"};
  Canvas canvas;
  for (std::uint64_t i = 1; i <= 20'000; ++i) {
    canvas.value = i;
    thread.start({paint, &canvas});
    ASSERT_TRUE(thread.busy());
    ASSERT_TRUE(becomes_readable(thread)) << "after " << i << " jobs";
    ASSERT_TRUE(thread.take_finished());
    ASSERT_FALSE(thread.busy());
    ASSERT_TRUE(is_all(canvas, i));
  }
}

TEST(WorkThread, IsAskedAllTheTimeWithoutHarm) {
  WorkThread thread{"test"};
  Canvas canvas;
  EXPECT_FALSE(thread.take_finished()) << "nothing was started";
  for (std::uint64_t i = 1; i <= 20'000; ++i) {
    canvas.value = i;
    thread.start({paint, &canvas});
    while (!thread.take_finished()) {
    }
    ASSERT_TRUE(is_all(canvas, i));
    ASSERT_FALSE(thread.take_finished()) << "taken twice";
    ASSERT_FALSE(becomes_readable(thread, 0)) << "a wake-up was left over";
  }
}

TEST(WorkThread, DrawsTheFramesOfARing) {
  FrameRing ring{3};
  std::array<Canvas, 3> canvases;
  WorkThread thread{"test"};
  Frame drawing;
  for (std::uint64_t shown = 0; shown < 5'000;) {
    if (!thread.busy()) {
      if (const auto frame = ring.acquire()) {
        drawing = *frame;
        canvases[frame->slot].value = frame->number;
        thread.start({paint, &canvases[frame->slot]});
      }
    }
    if (thread.take_finished()) {
      ASSERT_TRUE(ring.submit(drawing));
    }
    const auto flip = ring.next(0);
    if (!flip) continue;
    ASSERT_EQ(flip->frame.number, ++shown);
    ASSERT_TRUE(is_all(canvases[flip->frame.slot], shown)) << "not whole";
    ASSERT_EQ(ring.flipped(0, flip->cookie), FlipResult::shown);
  }
}

TEST(WorkThread, ThrowsWhatTheJobThrew) {
  WorkThread thread{"test"};
  thread.start({[](void*) { throw std::runtime_error{"no paint"}; }, nullptr});
  ASSERT_TRUE(becomes_readable(thread));
  EXPECT_THROW(thread.take_finished(), std::runtime_error);
  EXPECT_FALSE(thread.busy());
  Canvas canvas;
  thread.start({paint, &canvas});
  ASSERT_TRUE(becomes_readable(thread));
  EXPECT_NO_THROW(EXPECT_TRUE(thread.take_finished()));
}

void paint_slowly(void* context) {
  std::this_thread::sleep_for(20ms);
  paint(context);
}

TEST(WorkThread, EndsOnlyAfterTheJobThatWasStarted) {
  for (const auto job : {paint, paint_slowly}) {
    for (std::uint64_t i = 1; i <= (job == paint ? 500 : 3); ++i) {
      Canvas canvas;
      canvas.value = i;
      {
        WorkThread thread{"test"};
        thread.start({job, &canvas});
      }
      ASSERT_TRUE(is_all(canvas, i)) << "the job was forgotten";
    }
  }
}

TEST(WorkThread, EndsWithoutAJob) {
  for (int i = 0; i < 500; ++i) WorkThread{"test"};
}

TEST(WorkThread, IsNotFinishedBeforeItIs) {
  WorkThread thread{"test"};
  Canvas canvas;
  thread.start({paint_slowly, &canvas});
  EXPECT_FALSE(thread.take_finished());
  EXPECT_FALSE(becomes_readable(thread, 0));
  EXPECT_TRUE(thread.busy());
}

TEST(WorkThread, GetsNoSignals) {
  sigset_t before;
  sigset_t none;
  sigemptyset(&none);
  pthread_sigmask(SIG_SETMASK, &none, &before);
  WorkThread thread{"test"};
  sigset_t after;
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  sigset_t inside;
  thread.start(
      {[](void* set) { pthread_sigmask(SIG_SETMASK, nullptr, static_cast<sigset_t*>(set)); },
       &inside});
  ASSERT_TRUE(becomes_readable(thread));
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGALRM, SIGWINCH, SIGCHLD}) {
    EXPECT_EQ(sigismember(&inside, signal), 1) << signal;
    EXPECT_EQ(sigismember(&after, signal), 0) << signal;
  }
  EXPECT_EQ(sigismember(&inside, SIGSEGV), 0) << "a crash must be reported";
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace
}  // namespace drmshow::test
