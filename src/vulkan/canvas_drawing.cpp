#include "vulkan/canvas_drawing.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "drm-show/error.hpp"
#include "drm/sync_file.hpp"
#include "render/vulkan/vulkan_image.hpp"

namespace drmshow {
namespace {

RenderTarget target_of(const ScanoutImage& image) {
  const auto* const vulkan = dynamic_cast<const VulkanImage*>(&image);
  if (!vulkan) throw Error{Failure::usage, "Vulkan is to draw into an image of somebody else"};
  return {vulkan->image(), vulkan->view(), vulkan->size()};
}

void copy_frame(const Mapping& mapping, const FrameBytes& frame) {
  for (int y = 0; y < frame.size().height; ++y) {
    const auto from = frame.line(y);
    const auto to = mapping.line(y);
    std::memcpy(to.data(), from.data(), std::min(from.size(), to.size()));
  }
}

}  // namespace

Submission draw_into(const Canvas& canvas, Renderer& renderer, const Moment& now, UniqueFd after) {
  if (!canvas.image && !canvas.mapping) {
    renderer.draw_unseen(now, std::move(after));
    return {};
  }
  if (!canvas.image) {
    copy_frame(*canvas.mapping, renderer.finish(renderer.draw(now, std::move(after))));
    return {};
  }
  const bool waits = bool{after};
  UniqueFd fence = renderer.draw(target_of(*canvas.image), now, std::move(after));
  // While the display's driver waits for a fence that stays away, nobody can take it back: not even
  // by killing us. So it gets only its own, and none that depends on a stranger's.
  const bool own = renderer.gpu().traits().displays_own && !waits;
  // lavapipe gives a fence once it has drawn. The display's own GPU never has, and looking costs a
  // system call.
  if (!fence || (!own && fence_state(fence.get()) == FenceState::signalled)) return {};
  return {.kind = own ? RenderFence::native : RenderFence::gated, .fence = std::move(fence)};
}

}  // namespace drmshow
