#include "session/vt_signals.hpp"

#include <cerrno>

#include <pthread.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "drm-show/error.hpp"

namespace drmshow {

VtSignals::VtSignals() {
  sigset_t both;
  sigset_t before;
  sigemptyset(&both);
  sigaddset(&both, release);
  sigaddset(&both, acquire);
  pthread_sigmask(SIG_BLOCK, &both, &before);
  ours_ = both;
  for (const int signal : {release, acquire}) {
    if (sigismember(&before, signal) == 1) sigdelset(&ours_, signal);
  }
  fd_.reset(::signalfd(-1, &both, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd_) throw Error{Failure::unexpected, "cannot listen for VT switches", {}, errno};
}

// Not the whole mask from before: others have blocked signals since. One that is still pending must
// not kill us.
VtSignals::~VtSignals() {
  while (read()) {
  }
  pthread_sigmask(SIG_UNBLOCK, &ours_, nullptr);
}

std::optional<int> VtSignals::read() {
  signalfd_siginfo info{};
  if (::read(fd_.get(), &info, sizeof info) != sizeof info) return std::nullopt;
  return static_cast<int>(info.ssi_signo);
}

void VtSignals::knock() {
  ::kill(::getpid(), acquire);
}

}  // namespace drmshow
