// What the GPU draws: a shader, a model, a room.
#pragma once

#include <vector>

#include "drm-show/geometry.hpp"
#include "render/moment.hpp"
#include "render/vulkan/vulkan.hpp"

namespace drmshow {

/// So many frames may be on their way through the GPU at a time, each with uniforms of its own.
inline constexpr int jobs_in_flight = 2;

/// The image that a frame is drawn into. Whoever calls has it in COLOR_ATTACHMENT_OPTIMAL, with
/// whatever in it; what was drawn before is not to be kept.
struct RenderTarget {
  vk::Image image;
  vk::ImageView view;
  Size size;
};

/// One for each stream of frames; it knows size and format of its targets from the beginning.
class Scene {
 public:
  virtual ~Scene() = default;

  /// Records the drawing of frame `now`, with rendering (dynamic rendering) begun and ended here.
  /// `job`, below jobs_in_flight: what belongs to it is not in use by the GPU any more. The frame
  /// depends on nothing but `now`. Allocates nothing after the first frames. Throws
  /// vk::SystemError.
  virtual void record(const vk::raii::CommandBuffer& commands, const RenderTarget& target, int job,
                      const Moment& now) = 0;

  /// A descriptor that is readable when something that this is made of (a file) may have changed:
  /// call refresh() then. -1 if nothing ever does.
  virtual int fd() const { return -1; }
  /// Looks at what has changed: takes it over if it is good, else says why not and goes on as it
  /// was. Not while a thread records. True if frames look different now.
  virtual bool refresh() { return false; }
};

}  // namespace drmshow
