// take-master SECONDS: until then, or SIGINT, as a compositor does that starts, again and again:
// opens card0 and becomes DRM master. Tells as JSON how often somebody else was master just then,
// and how long it took at most until SET_MASTER worked.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <unistd.h>
#include <xf86drm.h>

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;
using namespace std::chrono_literals;

constexpr auto patience = 5s;
// Long enough for others to come in between: also with a single processor.
constexpr auto time_between = 2ms;

// Whoever opens a node without a master is it already.
bool become_master(int fd) {
  return drmIsMaster(fd) != 0 || drmSetMaster(fd) == 0;
}

struct Tally {
  int opened = 0;
  int refused = 0;
  Milliseconds longest{0};
};

void try_once(Tally& tally) {
  const int fd = open("/dev/dri/card0", O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  ++tally.opened;
  if (!become_master(fd)) {
    const auto start = Clock::now();
    ++tally.refused;
    while (!become_master(fd) && Clock::now() - start < patience) std::this_thread::yield();
    tally.longest = std::max<Milliseconds>(tally.longest, Clock::now() - start);
  }
  close(fd);
}

volatile std::sig_atomic_t ended = 0;

}  // namespace

int main(int argc, char** argv) {
  const auto end = Clock::now() + std::chrono::duration<double>{argc > 1 ? std::atof(argv[1]) : 1};
  std::signal(SIGINT, [](int) { ended = 1; });
  Tally tally;
  while (!ended && Clock::now() < end) {
    try_once(tally);
    std::this_thread::sleep_for(time_between);
  }
  std::printf("{\"opened\": %d, \"refused\": %d, \"longest_ms\": %.3f}\n", tally.opened,
              tally.refused, tally.longest.count());
  return 0;
}
