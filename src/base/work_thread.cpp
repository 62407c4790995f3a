#include "base/work_thread.hpp"

#include <cassert>
#include <cerrno>
#include <utility>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/event_fd.hpp"
#include "base/start_thread.hpp"

namespace drmshow {
namespace {

static_assert(std::atomic<std::uint32_t>::is_always_lock_free &&
                  sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t),
              "a futex is four bytes");

}  // namespace

WorkThread::WorkThread(const char* name)
    : finished_{make_event_fd()}, thread_{start_thread(name, [this] { work(); })} {}

WorkThread::~WorkThread() {
  if ((state_.fetch_or(ending, std::memory_order_acq_rel) & sleeping) != 0) wake();
  thread_.join();
}

void WorkThread::start(Job job) {
  assert(!busy_);
  busy_ = true;
  job_ = job;
  if (state_.exchange(started, std::memory_order_acq_rel) == sleeping) wake();
}

// The state says cheaply that there is nothing; the eventfd decides, since the thread writes to it
// last: were the job taken before, its late wake-up would be taken for the next one's.
bool WorkThread::take_finished() {
  if (!busy_ || (state_.load(std::memory_order_acquire) & started) != 0) return false;
  std::uint64_t count = 0;
  if (::read(fd(), &count, sizeof count) != sizeof count) return false;
  busy_ = false;
  if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
  return true;
}

void WorkThread::work() noexcept {
  while ((wait_for_work() & started) != 0) {
    try {
      job_.run(job_.context);
    } catch (...) {
      error_ = std::current_exception();
    }
    state_.fetch_and(~started, std::memory_order_release);
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(fd(), &one, sizeof one);
    assert(written == sizeof one);
  }
}

// Whoever gives us work wakes us only if we have said that we sleep, so the kernel looks again
// whether that is still all there is to say before it blocks us.
std::uint32_t WorkThread::wait_for_work() {
  for (;;) {
    std::uint32_t seen = 0;
    state_.compare_exchange_strong(seen, sleeping, std::memory_order_acquire);
    if ((seen & (started | ending)) != 0) return seen;
    ::syscall(SYS_futex, &state_, FUTEX_WAIT_PRIVATE, sleeping, nullptr, nullptr, 0);
  }
}

void WorkThread::wake() {
  ::syscall(SYS_futex, &state_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

}  // namespace drmshow
