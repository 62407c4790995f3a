// Timelines of a real driver (SyncTimeline), used as we and a compositor use them. Says what is
// wrong and fails; without timelines it prints the Error and exits with its code.
//
// Usage: sync-timeline-probe NODE
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <xf86drm.h>

#include "drm-show/error.hpp"
#include "wayland/sync_timeline.hpp"

namespace {

using namespace drmshow;

void demand(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error{"not so: " + what};
}

bool readable(int fd, int milliseconds = 0) {
  pollfd waited{fd, POLLIN, 0};
  return ::poll(&waited, 1, milliseconds) == 1;
}

/// The other process's: the same timeline by a handle of another open file.
class Compositor {
 public:
  Compositor(const char* node, const SyncTimeline& timeline)
      : drm_{::open(node, O_RDWR | O_CLOEXEC)} {
    const UniqueFd shared = timeline.share();
    demand(::drmSyncobjFDToHandle(drm_.get(), shared.get(), &handle_) == 0, "it can be imported");
  }
  void pass(std::uint64_t point) const {
    demand(::drmSyncobjTimelineSignal(drm_.get(), &handle_, &point, 1) == 0, "it can pass a point");
  }

 private:
  UniqueFd drm_;
  std::uint32_t handle_ = 0;
};

/// One that has signalled.
UniqueFd make_sync_file(int drm) {
  std::uint32_t handle = 0;
  int fd = -1;
  demand(::drmSyncobjCreate(drm, DRM_SYNCOBJ_CREATE_SIGNALED, &handle) == 0, "a syncobj is made");
  demand(::drmSyncobjExportSyncFile(drm, handle, &fd) == 0, "its sync file is exported");
  ::drmSyncobjDestroy(drm, handle);
  return UniqueFd{fd};
}

void try_timeline(const char* node) {
  const UniqueFd drm{::open(node, O_RDWR | O_CLOEXEC)};
  const SyncTimeline timeline{drm.get()};
  const Compositor compositor{node, timeline};
  const UniqueFd first{::eventfd(0, EFD_CLOEXEC)};
  const UniqueFd third{::eventfd(0, EFD_CLOEXEC)};
  demand(timeline.passed() == 0, "no point has passed at first");
  demand(timeline.notify(1, first.get()) == 0, "the first point is told by an eventfd");
  demand(timeline.notify(3, third.get()) == 0, "the third as well");
  demand(!readable(first.get()), "nothing is told before");
  demand(timeline.pass(1) == 0, "we can pass a point");
  demand(readable(first.get(), 1000), "the first point is told");
  compositor.pass(2);
  demand(timeline.passed() == 2, "what the other passes has passed here");
  demand(!readable(third.get()), "the third point is not told too early");
  demand(timeline.pass_with(3, make_sync_file(drm.get()).get()) == 0, "a sync file is taken");
  demand(timeline.passed() == 3, "the point passes with the sync file");
  demand(readable(third.get(), 1000), "the third point is told");
  const UniqueFd late{::eventfd(0, EFD_CLOEXEC)};
  demand(timeline.notify(2, late.get()) == 0, "a point that has passed may be asked for");
  demand(readable(late.get(), 1000), "and is told at once");
  demand(timeline.pass_with(4, -1) != 0, "no sync file is an error");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    try_timeline(argc > 1 ? argv[1] : "/dev/dri/card0");
    std::puts("timelines work");
    return EXIT_SUCCESS;
  } catch (const drmshow::Error& error) {
    std::printf("%s\n", error.what());
    return static_cast<int>(error.failure());
  } catch (const std::exception& error) {
    std::printf("%s\n", error.what());
    return EXIT_FAILURE;
  }
}
