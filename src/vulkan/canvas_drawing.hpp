// Frames in the canvases of a presenter.
#pragma once

#include "drm-show/presenter.hpp"
#include "render/vulkan/renderer.hpp"

namespace drmshow {

/// Has frame `now` drawn into `canvas`, an image of VulkanImages; memory, into which it
/// is copied; when the sync file `after`, if any, has signalled. Throws Error (gpu), GpuLost.
Submission draw_into(const Canvas& canvas, Renderer& renderer, const Moment& now,
                     UniqueFd after = {});

}  // namespace drmshow
