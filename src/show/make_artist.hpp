// Who draws what the options say.
#pragma once

#include <memory>

#include "drm-show/scanout_image.hpp"
#include "show/artist.hpp"
#include "show/content.hpp"
#include "show/gpu_studio.hpp"
#include "show/options.hpp"

namespace drmshow {

/// `gpu`: who draws; the CPU if nullptr. `format`, `rung`: of the framebuffers. Throws Error if the
/// content cannot be made.
std::unique_ptr<Artist> make_artist(const Options& options, const Spot& spot, Format format,
                                    ImageRung rung, GpuStudio* gpu);

}  // namespace drmshow
