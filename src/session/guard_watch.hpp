// A thread that starts another guard as soon as one was killed, whatever the program's own thread
// is busy with: until then nobody stands behind it.
#pragma once

#include <atomic>
#include <thread>

#include "drm-show/fd.hpp"
#include "session/guard.hpp"

namespace drmshow {

class GuardWatch {
 public:
  /// While it lives, keep(), forget() and set_away() of the guard may be called, and nothing else.
  /// The thread has the privileges that the caller has now. Throws Error if there can be none.
  explicit GuardWatch(Guard& guard);
  ~GuardWatch();
  GuardWatch(const GuardWatch&) = delete;
  GuardWatch& operator=(const GuardWatch&) = delete;

  /// Readable when a guard was killed, and when there is one again after there could be none.
  int fd() const { return news_.get(); }
  /// Whether there is one now. It is tried again by and by. Asked by whoever has found fd() ready.
  bool read_news() noexcept;

 private:
  void watch() noexcept;
  void tell(bool alive) noexcept;

  Guard& guard_;
  UniqueFd news_;  // eventfds
  UniqueFd end_;
  std::atomic<bool> alive_{true};
  std::thread thread_;  // last: it uses all the others
};

}  // namespace drmshow
