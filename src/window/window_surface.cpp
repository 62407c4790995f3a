#include "window/window_surface.hpp"

#include <utility>

#include "drm/dmabuf_sync.hpp"
#include "drm/sync_file.hpp"
#include "wayland/dmabuf_buffer.hpp"
#include "wayland/shm_buffer.hpp"

namespace drmshow {
namespace {

class SharedMemory final : public WindowBuffer {
 public:
  SharedMemory(WindowScreen& screen, Size size, Format format, std::uint64_t number)
      : shm_{screen.window().globals(), size, format, number, screen.events()} {}
  const WaylandBuffer& buffer() const override { return shm_.buffer(); }
  const Mapping& mapping() const { return shm_.mapping(); }

 private:
  ShmBuffer shm_;
};

// The memory is shared: it stays for as long as the compositor has it open, whatever becomes of the
// image.
class SharedImage final : public WindowBuffer {
 public:
  explicit SharedImage(WaylandBuffer buffer) : buffer_{std::move(buffer)} {}
  const WaylandBuffer& buffer() const override { return buffer_; }

 private:
  WaylandBuffer buffer_;
};

std::span<const ImageLayout::Plane> planes_of(const ScanoutImage& image) {
  return std::span{image.layout().planes}.first(image.layout().plane_count);
}

}  // namespace

WindowSurface::WindowSurface(WindowScreen& screen, Size size, Format format)
    : screen_{screen}, number_{screen.next_number()}, size_{size}, format_{format} {
  auto memory = std::make_unique<SharedMemory>(screen, size, format, number_);
  mapping_ = &memory->mapping();
  buffer_ = std::move(memory);
}

WindowSurface::WindowSurface(WindowScreen& screen, std::unique_ptr<ScanoutImage> image)
    : screen_{screen},
      number_{screen.next_number()},
      size_{image->layout().size},
      format_{image->layout().format},
      image_{std::move(image)},
      buffer_{std::make_unique<SharedImage>(
          make_dmabuf_buffer(screen.window().connection(), screen.window().globals(),
                             image_->layout(), number_, screen.events()))} {}

WindowSurface::~WindowSurface() {
  if (screen_.holds(number_)) screen_.bury(std::move(buffer_), number_, points_);
}

void WindowSurface::hold(const std::optional<SyncPoints>& points) {
  screen_.hold(number_);
  points_ = points;
}

bool WindowSurface::attach(int sync_file) const {
  if (!image_) return false;
  for (const auto& plane : planes_of(*image_)) {
    if (plane.dmabuf < 0 || attach_fence(plane.dmabuf, sync_file, DmabufUse::write) != 0) {
      return false;
    }
  }
  return true;
}

// All planes are in one allocation (see VulkanImage): one answer is that of all.
UniqueFd WindowSurface::fence_of_readers() const {
  if (!image_ || image_->layout().planes[0].dmabuf < 0) return {};
  DmabufFence fence = fence_to_wait_for(image_->layout().planes[0].dmabuf, DmabufUse::write);
  const bool busy =
      fence.sync_file && fence_state(fence.sync_file.get()) == FenceState::unsignalled;
  return busy ? std::move(fence.sync_file) : UniqueFd{};
}

std::unique_ptr<Surface> WindowSurfaceMaker::make(const ImageWay& way, Size size, Format format) {
  if (way.rung == ImageRung::copy) return std::make_unique<WindowSurface>(screen_, size, format);
  return std::make_unique<WindowSurface>(screen_, images_->make(way, size));
}

}  // namespace drmshow
