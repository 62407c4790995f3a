// What Vulkan reports, as errors of ours.
#pragma once

#include <string_view>

#include "drm-show/gpu_lost.hpp"
#include "render/vulkan/vulkan.hpp"

namespace drmshow {

/// Throws GpuLost, or the Error for what Vulkan said while we could not do `what`.
[[noreturn]] void throw_gpu_error(std::string_view what, const vk::SystemError& error);

/// Calls it, with Vulkan's exceptions made ours: "cannot make a pipeline: ErrorOutOfDeviceMemory".
template <class Call>
auto gpu_call(std::string_view what, const Call& call) {
  try {
    return call();
  } catch (const vk::SystemError& error) {
    throw_gpu_error(what, error);
  }
}

}  // namespace drmshow
