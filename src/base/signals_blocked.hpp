// Signals kept from the calling thread, and from what it creates, for a while.
#pragma once

#include <csignal>
#include <initializer_list>

#include <pthread.h>

namespace drmshow {

inline sigset_t these_signals(std::initializer_list<int> signals) noexcept {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) sigaddset(&set, signal);
  return set;
}

inline sigset_t all_signals_but(std::initializer_list<int> signals) noexcept {
  sigset_t set;
  sigfillset(&set);
  for (const int signal : signals) sigdelset(&set, signal);
  return set;
}

/// For threads besides the one that reads its signals from a signalfd: those need to be blocked in
/// all threads, or another may be chosen to die of one. Only crashes are everybody's own.
inline sigset_t signals_of_others() noexcept {
  return all_signals_but({SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT, SIGSYS});
}

/// Blocks them as long as it lives.
class SignalsBlocked {
 public:
  explicit SignalsBlocked(const sigset_t& set) noexcept {
    pthread_sigmask(SIG_BLOCK, &set, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace drmshow
