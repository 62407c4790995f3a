// A thread that works (draws, compiles) while the display thread goes on with its loop. One job at
// a time, handed over without locks and without allocation; that it is finished is something to
// poll.
//
//   worker.start({draw, &frame});                     // frame: of a slot from FrameRing::acquire()
//   poll({worker.fd(), …});
//   if (worker.take_finished()) ring.submit(frame);   // the display thread's own again
//
// tests/model/handover.pml explores this protocol, with the same names.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <thread>

#include "drm-show/fd.hpp"

namespace drmshow {

/// All of it is for one thread, which is the display thread.
class WorkThread {
 public:
  struct Job {
    void (*run)(void* context);
    void* context;
  };

  /// Starts the thread, to which no signals are delivered. `name`: for ps, at most 15 characters.
  /// Throws Error.
  explicit WorkThread(const char* name);
  /// Waits for a job that was started; what it throws is lost.
  ~WorkThread();
  WorkThread(const WorkThread&) = delete;
  WorkThread& operator=(const WorkThread&) = delete;

  /// Not while busy().
  void start(Job job);
  /// Readable from when the job has finished until it is taken.
  int fd() const { return finished_.get(); }
  /// True once for each job that has finished. Throws what the job threw: it is taken then, too.
  bool take_finished();
  /// A job was started and not taken yet.
  bool busy() const { return busy_; }
  /// The thread is at it: to end this now would mean to wait.
  bool working() const { return (state_.load(std::memory_order_acquire) & started) != 0; }

 private:
  void work() noexcept;
  std::uint32_t wait_for_work();
  void wake();

  // state_ is empty or has these bits. started: set by start(), cleared by the thread when the job
  // has run. sleeping: set by the thread alone before it blocks, cleared by start(). ending: set by
  // the destructor; a job that was started before runs first.
  static constexpr std::uint32_t started = 1;
  static constexpr std::uint32_t sleeping = 2;
  static constexpr std::uint32_t ending = 4;

  UniqueFd finished_;  // an eventfd; its count is 1 between the end of a job and take_finished()
  std::atomic<std::uint32_t> state_{0};
  Job job_{};                 // written by start(), read by the thread while `started`
  std::exception_ptr error_;  // written by the thread while `started`, read by take_finished()
  bool busy_ = false;         // the display thread's
  std::thread thread_;        // last: it uses all the others
};

}  // namespace drmshow
