#include "session/signals.hpp"

#include <cerrno>

#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/signals_blocked.hpp"
#include "drm-show/error.hpp"
#include "session/vt_signals.hpp"

namespace drmshow {

namespace {

constexpr std::initializer_list<int> vt_switch_signals = {VtSignals::release, VtSignals::acquire};

// nohup and "trap '' INT" ask for that, and a blocked signal would reach us all the same.
bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

EndSignals::EndSignals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    if (!is_ignored(signal)) sigaddset(&set, signal);
  }
  sigset_t blocked = set;
  for (const int signal : vt_switch_signals) sigaddset(&blocked, signal);
  pthread_sigmask(SIG_BLOCK, &blocked, &previous_mask_);
  fd_.reset(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd_) throw Error{Failure::unexpected, "cannot listen for signals", {}, errno};
}

// One that is still pending has been acted upon already: it must not kill us after all.
EndSignals::~EndSignals() {
  signalfd_siginfo ignored;
  while (::read(fd_.get(), &ignored, sizeof ignored) > 0) {
  }
  const sigset_t switches = these_signals(vt_switch_signals);
  constexpr timespec at_once{};
  while (::sigtimedwait(&switches, nullptr, &at_once) > 0) {
  }
  pthread_sigmask(SIG_SETMASK, &previous_mask_, nullptr);
}

StopsIgnored::StopsIgnored() noexcept {
  struct sigaction ignored {};
  ignored.sa_handler = SIG_IGN;
  for (std::size_t i = 0; i < stops.size(); ++i) ::sigaction(stops[i], &ignored, &before_[i]);
}

StopsIgnored::~StopsIgnored() {
  for (std::size_t i = 0; i < stops.size(); ++i) ::sigaction(stops[i], &before_[i], nullptr);
}

Continued::Continued() noexcept {
  const sigset_t set = these_signals({SIGCONT});
  pthread_sigmask(SIG_BLOCK, &set, &previous_mask_);
  fd_.reset(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

Continued::~Continued() {
  pthread_sigmask(SIG_SETMASK, &previous_mask_, nullptr);
}

void Continued::read() noexcept {
  signalfd_siginfo ignored;
  while (::read(fd_.get(), &ignored, sizeof ignored) > 0) {
  }
}

}  // namespace drmshow
