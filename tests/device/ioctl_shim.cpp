// Preloaded into a program: what strace cannot do with DRM requests.
//
//   IOCTL_LOG=FILE     writes a line for each DRM request that matters to a test, with its
//                      arguments: strace decodes none of them
//   IOCTL_ERRORS=LIST  runs the program once for each of its DRM requests and each of the errno in
//                      the list (22,2,…), failing that request with it; each run is a fork from
//                      before main, since starting the program is what takes long. Tells of each
//                      run on stderr: "RUN REQUEST ERRNO STATUS", after what the run itself wrote
//   CLOSING_WORKS=1    those errors are not for requests that end something: what is left behind by
//                      one of these is the shim's fault
//   ATOMIC_ERRORS=ERRNO:N:COUNT
//                      fails the Nth page flip (non-blocking commit) and COUNT - 1 after it
//   IOCTL_ERROR=ERRNO:N:COUNT
//                      fails the Nth DRM request and COUNT - 1 after it, and says so on stderr
//   INTERRUPTED=N      each DRM request is interrupted N times (EINTR) before it is done
//   SIGNALS=MICROSECONDS
//                      a signal that often, whose handler does nothing but interrupt system calls
//   LOSE_EVENTS=N:COUNT
//                      what the Nth read from a DRM device and COUNT - 1 after it bring is lost
//   NO_PRIME=1         memory cannot be shared between devices
//   FAKE_MODIFIER=0x…    all planes show one modifier more, as if it were LINEAR
//   (fake_modifier.hpp);
//                      the log has framebuffers of it
//
// Without any it changes nothing.
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <drm.h>
#include <drm_mode.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fake_modifier.hpp"

namespace {

constexpr unsigned seconds_for_a_run = 20;

std::FILE* log_file() {
  static std::FILE* const file = [] {
    const char* path = std::getenv("IOCTL_LOG");
    return path ? std::fopen(path, "we") : nullptr;
  }();
  return file;
}

struct Failure {
  int at = 0;  // the first request is 1; 0: none fails
  int errnum = 0;
};
Failure planned;
int* requests = nullptr;  // how many there were, shared with the forks

/// Which of many are to fail, from a variable "…N:COUNT".
struct Range {
  enum Kind { with_errno, without_errno };
  int errnum = 0;
  int from = 0;  // the first is 1; 0: none
  int count = 0;
  int seen = 0;

  bool hits() { return from > 0 && ++seen >= from && seen < from + count; }
};

Range read_range(const char* name, Range::Kind kind) {
  Range range;
  const char* const text = std::getenv(name);
  if (!text) return range;
  if (kind == Range::with_errno) {
    std::sscanf(text, "%d:%d:%d", &range.errnum, &range.from, &range.count);
  } else {
    std::sscanf(text, "%d:%d", &range.from, &range.count);
  }
  return range;
}

bool is_flip(unsigned long request, const void* argument) {
  return request == DRM_IOCTL_MODE_ATOMIC &&
         (static_cast<const drm_mode_atomic*>(argument)->flags & DRM_MODE_ATOMIC_NONBLOCK) != 0;
}

bool is_drm_device(int fd) {
  struct stat about {};
  return fstat(fd, &about) == 0 && S_ISCHR(about.st_mode) && major(about.st_rdev) == 226;
}

void log_before(unsigned long request, const void* argument) {
  if (request != DRM_IOCTL_MODE_GETCONNECTOR) return;
  const auto* get = static_cast<const drm_mode_get_connector*>(argument);
  std::fprintf(log_file(), "GETCONNECTOR id=%u count_modes=%u\n", get->connector_id,
               get->count_modes);
}

void log_after(unsigned long request, const void* argument, int result) {
  if (result != 0) {
    if (request == DRM_IOCTL_GEM_CLOSE) std::fprintf(log_file(), "GEM_CLOSE failed\n");
    return;
  }
  if (request == DRM_IOCTL_MODE_GETFB2) {
    const auto* fb = static_cast<const drm_mode_fb_cmd2*>(argument);
    std::fprintf(log_file(), "GETFB2 handles=%u,%u,%u,%u\n", fb->handles[0], fb->handles[1],
                 fb->handles[2], fb->handles[3]);
  } else if (request == DRM_IOCTL_MODE_GETFB) {
    const auto* fb = static_cast<const drm_mode_fb_cmd*>(argument);
    std::fprintf(log_file(), "GETFB handles=%u\n", fb->handle);
  } else if (request == DRM_IOCTL_PRIME_FD_TO_HANDLE) {
    const auto* prime = static_cast<const drm_prime_handle*>(argument);
    std::fprintf(log_file(), "PRIME_FD_TO_HANDLE handle=%u\n", prime->handle);
  } else if (request == DRM_IOCTL_MODE_ADDFB2) {
    const auto* fb = static_cast<const drm_mode_fb_cmd2*>(argument);
    if ((fb->flags & DRM_MODE_FB_MODIFIERS) != 0) {
      std::fprintf(log_file(), "ADDFB2 modifier=0x%016llx\n",
                   static_cast<unsigned long long>(fb->modifier[0]));
    }
  } else if (request == DRM_IOCTL_GEM_CLOSE) {
    const auto* gem = static_cast<const drm_gem_close*>(argument);
    std::fprintf(log_file(), "GEM_CLOSE handle=%u\n", gem->handle);
  }
}

bool is_spared(unsigned long request) {
  static const bool spares = std::getenv("CLOSING_WORKS") != nullptr;
  return spares && (request == DRM_IOCTL_GEM_CLOSE || request == DRM_IOCTL_MODE_DESTROY_DUMB ||
                    request == DRM_IOCTL_MODE_RMFB);
}

/// An errno for this request, or 0.
int planned_failure(unsigned long request) {
  static Range failing = read_range("IOCTL_ERROR", Range::with_errno);
  if (requests && !is_spared(request) && ++*requests == planned.at) return planned.errnum;
  static const bool no_prime = std::getenv("NO_PRIME") != nullptr;
  if (no_prime &&
      (request == DRM_IOCTL_PRIME_FD_TO_HANDLE || request == DRM_IOCTL_PRIME_HANDLE_TO_FD))
    return EOPNOTSUPP;
  if (!failing.hits()) return 0;
  std::fprintf(stderr, "IOCTL_ERROR: request %d fails\n", failing.seen);
  return failing.errnum;
}

bool is_interrupted() {
  static const char* const times = std::getenv("INTERRUPTED");
  static int left = times ? std::atoi(times) : 0;
  if (!times) return false;
  if (left-- > 0) return true;
  left = std::atoi(times);
  return false;
}

void start_signals() {
  const char* const every = std::getenv("SIGNALS");
  if (!every) return;
  struct sigaction action {};
  action.sa_handler = [](int) {};
  sigaction(SIGALRM, &action, nullptr);
  const itimerval interval{{0, std::atoi(every)}, {0, std::atoi(every)}};
  setitimer(ITIMER_REAL, &interval, nullptr);
}

using Ioctl = int (*)(int, unsigned long, ...);
using Main = int (*)(int, char**, char**);

Main real_main = nullptr;

template <class Function>
Function next(const char* name) {
  void* const found = dlsym(RTLD_NEXT, name);
  Function function;
  std::memcpy(&function, &found, sizeof function);
  return function;
}

void run_failing(const Failure& failure, int argc, char** argv, char** environment) {
  *requests = 0;
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    alarm(seconds_for_a_run);
    planned = failure;
    std::exit(real_main(argc, argv, environment));
  }
  int status = 0;
  waitpid(child, &status, 0);
  std::fprintf(stderr, "\nRUN %d %d %d\n", failure.at, failure.errnum,
               WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

int run_all(int argc, char** argv, char** environment) {
  void* const shared =
      mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  requests = static_cast<int*>(shared);
  run_failing({}, argc, argv, environment);
  const int all = *requests;
  for (const char* errnum = std::getenv("IOCTL_ERRORS"); errnum;) {
    for (int i = 1; i <= all; ++i) run_failing({i, std::atoi(errnum)}, argc, argv, environment);
    errnum = std::strchr(errnum, ',');
    if (errnum) ++errnum;
  }
  return 0;
}

}  // namespace

extern "C" int ioctl(int fd, unsigned long request, ...) noexcept {
  static const auto real = next<Ioctl>("ioctl");
  std::va_list arguments;
  va_start(arguments, request);
  void* const argument = va_arg(arguments, void*);
  va_end(arguments);
  if (_IOC_TYPE(request) != DRM_IOCTL_BASE) return real(fd, request, argument);
  if (is_interrupted()) {
    errno = EINTR;
    return -1;
  }
  if (const int errnum = planned_failure(request)) {
    errno = errnum;
    return -1;
  }
  static Range failing = read_range("ATOMIC_ERRORS", Range::with_errno);
  if (is_flip(request, argument) && failing.hits()) {
    errno = failing.errnum;
    return -1;
  }
  if (log_file()) log_before(request, argument);
  const auto faked = ioctl_with_fake_modifier(real, fd, request, argument);
  const int result = faked ? *faked : real(fd, request, argument);
  const int errnum = errno;
  if (log_file()) log_after(request, argument, result);
  errno = errnum;
  return result;
}

extern "C" ssize_t read(int fd, void* buffer, std::size_t size) {
  static const auto real = next<ssize_t (*)(int, void*, std::size_t)>("read");
  static Range lost = read_range("LOSE_EVENTS", Range::without_errno);
  const ssize_t got = real(fd, buffer, size);
  if (got <= 0 || lost.from == 0 || !is_drm_device(fd) || !lost.hits()) return got;
  errno = EAGAIN;
  return -1;
}

using Start = int (*)(Main, int, char**, void (*)(), void (*)(), void (*)(), void*);

extern "C" int __libc_start_main(Main main, int argc, char** argv, void (*init)(), void (*fini)(),
                                 void (*rtld_fini)(), void* stack_end) {
  real_main = main;
  start_signals();
  const bool many = std::getenv("IOCTL_ERRORS") != nullptr;
  return next<Start>("__libc_start_main")(many ? run_all : main, argc, argv, init, fini, rtld_fini,
                                          stack_end);
}
