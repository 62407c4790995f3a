#include "window/frame_sync.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/eventfd.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm/bus.hpp"

namespace drmshow {
namespace {

// Timelines are no driver's own: any node of the compositor's device will do.
UniqueFd open_device(dev_t device) {
  const std::string render = render_node(minor(device));
  const std::string node =
      render.empty() ? fmt::format("/dev/char/{}:{}", major(device), minor(device)) : render;
  return UniqueFd{::open(node.c_str(), O_RDWR | O_CLOEXEC)};
}

}  // namespace

std::unique_ptr<FrameSync> FrameSync::make(Window& window, const DmabufFeedback& feedback) {
  if (!ExplicitSync::offered(window.globals()) || feedback.main_device == 0) return nullptr;
  UniqueFd node = open_device(feedback.main_device);
  if (!node) return nullptr;
  try {
    return std::make_unique<FrameSync>(window, std::move(node));
  } catch (const Error& error) {
    if (error.failure() != Failure::gpu) throw;
    return nullptr;
  }
}

FrameSync::FrameSync(Window& window, UniqueFd node)
    : node_{std::move(node)},
      protocol_{window.globals(), window.surface(), node_.get(), FrameRing::most_slots} {
  for (UniqueFd& fd : released_) fd = UniqueFd{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  // Does this kernel tell (Linux 6.6)? Not by theirs: they are for slots' own points.
  const UniqueFd asked{::eventfd(0, EFD_CLOEXEC)};
  if (!released_.back() || !asked || protocol_.release(0).notify(1, asked.get()) != 0) {
    throw Error{Failure::gpu, "the kernel does not say when timelines go on", {}, errno};
  }
}

void FrameSync::clear(int slot) const noexcept {
  std::uint64_t ignored = 0;
  static_cast<void>(!::read(fd(slot), &ignored, sizeof ignored));
}

std::optional<SyncPoints> FrameSync::next(int slot, int fence) {
  const SyncPoints points{
      .acquire = last_point_ + 1, .release = last_point_ + 1, .lane = index(slot)};
  const SyncTimeline& acquire = protocol_.acquire();
  const int errnum =
      fence >= 0 ? acquire.pass_with(points.acquire, fence) : acquire.pass(points.acquire);
  clear(slot);
  if (errnum != 0 || protocol_.release(points.lane).notify(points.release, fd(slot)) != 0) {
    return std::nullopt;
  }
  ++last_point_;
  return points;
}

}  // namespace drmshow
