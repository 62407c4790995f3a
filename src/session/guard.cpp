#include "session/guard.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <new>
#include <sstream>
#include <string>

#include <poll.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/process_stat.hpp"
#include "base/signals_blocked.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr int patience = 1000;  // ms

UniqueFd open_pidfd(pid_t pid) noexcept {
  return UniqueFd{static_cast<int>(::syscall(SYS_pidfd_open, pid, 0))};
}

// Fields 48 and 49 of proc(5)'s stat: arg_start and arg_end. Not there without /proc.
std::span<char> command_line() {
  std::istringstream fields{process_stat("self")};
  std::string skipped;
  for (int field = 3; field < 48; ++field) fields >> skipped;
  std::uintptr_t start = 0;
  std::uintptr_t end = 0;
  if (!(fields >> start >> end) || start == 0 || end <= start) return {};
  return {reinterpret_cast<char*>(start), end - start};  // NOLINT(performance-no-int-to-ptr)
}

[[noreturn]] void throw_no_guard(int errnum) {
  throw Error{Failure::unexpected, "cannot start the process that guards the console",
              "If drm-show is killed, the console may stay dark: see RECOVERY in drm-show(1).",
              errnum};
}

}  // namespace

void Guard::Unmap::operator()(GuardMemory* memory) const noexcept {
  ::munmap(memory, sizeof *memory);
}

// Populated: there is no moment when the kernel may say that there is no memory for it.
std::unique_ptr<GuardMemory, Guard::Unmap> Guard::share_memory() {
  void* const memory = ::mmap(nullptr, sizeof(GuardMemory), PROT_READ | PROT_WRITE,
                              MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (memory == MAP_FAILED) throw_no_guard(errno);
  return std::unique_ptr<GuardMemory, Unmap>{new (memory) GuardMemory};
}

Guard::Guard(int device_fd, std::optional<VtState> vt, std::span<const TtySettings> terminals,
             const RecordingRescue& recording, int connection)
    : memory_{share_memory()}, ourselves_{open_pidfd(::getpid())} {
  if (!ourselves_) throw_no_guard(errno);
  duty_ = {.guarded = ::getpid(),
           .guarded_pidfd = ourselves_.get(),
           .device = device_fd,
           .connection = connection,
           .vt = vt,
           .terminal_count = std::min(terminals.size(), GuardDuty::most_terminals),
           .command_line = command_line(),
           .recording = recording,
           .memory = memory_.get()};
  std::copy_n(terminals.begin(), duty_.terminal_count, duty_.terminals.begin());
  if (!start()) throw_no_guard(errno);
}

Guard::~Guard() {
  dismiss();
}

// _Fork() runs no handlers of libraries, and takes none of their locks.
bool Guard::start() noexcept {
  const SignalsBlocked blocked{all_signals_but({})};  // the child starts so
  const pid_t child = ::_Fork();
  if (child == 0) be_the_guard(duty_);
  if (child < 0) return false;
  process_ = open_pidfd(child);
  if (process_) return true;
  const int errnum = errno;
  ::kill(child, SIGKILL);  // still ours: nobody has waited for it
  ::waitpid(child, nullptr, 0);
  errno = errnum;
  return false;
}

void Guard::keep(const WayBack& way) noexcept {
  const int other = memory_->current.load() == 0 ? 1 : 0;
  memory_->ways[static_cast<std::size_t>(other)] = way;
  memory_->current.store(other);
}

void Guard::keep(const TtySettings& terminal) noexcept {
  for (std::size_t i = 0; i < duty_.terminal_count; ++i) {
    LateSettings& late = memory_->late_settings.at(i);
    if (duty_.terminals.at(i).fd != terminal.fd || !terminal.settings || late.known.load())
      continue;
    late.settings = *terminal.settings;
    late.known.store(true);
  }
}

void Guard::forget() noexcept {
  memory_->current.store(GuardMemory::none);
}

void Guard::set_away(bool away) noexcept {
  memory_->away.store(away);
}

int Guard::fd() const {
  return process_.get();
}

bool Guard::is_dead() const noexcept {
  pollfd end{.fd = process_.get(), .events = POLLIN, .revents = 0};
  return !process_ || ::poll(&end, 1, 0) != 0;
}

void Guard::reap() noexcept {
  if (!process_) return;
  pollfd end{.fd = process_.get(), .events = POLLIN, .revents = 0};
  while (::poll(&end, 1, patience) < 0 && errno == EINTR) {
  }
  siginfo_t status{};
  while (::waitid(P_PIDFD, static_cast<id_t>(process_.get()), &status, WEXITED | WNOHANG) < 0 &&
         errno == EINTR) {
  }
  process_.reset();
}

bool Guard::restart() noexcept {
  if (memory_->dismissed.load()) return false;
  if (!is_dead()) return true;
  reap();
  return start();
}

// Killing it is all: it sleeps, holds nothing that has to be put in order, and cannot refuse. The
// flag comes first, for the case that we die in between.
void Guard::dismiss() noexcept {
  memory_->dismissed.store(true);
  if (!process_) return;
  ::syscall(SYS_pidfd_send_signal, process_.get(), SIGKILL, nullptr, 0);
  reap();
}

}  // namespace drmshow
