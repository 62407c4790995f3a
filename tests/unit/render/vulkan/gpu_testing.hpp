// What tests share that draw with Vulkan. There is one GPU for all of them, with the validation
// layers on, where they are installed; whatever those say fails the run.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string_view>
#include <vector>

#include "offscreen.hpp"
#include "render/vulkan/gpu_timeline.hpp"
#include "render/vulkan/renderer.hpp"

namespace drmshow::testing {

const Gpu& test_gpu();
GpuTimeline& test_timeline();

inline Moment moment_at(std::uint64_t number, std::int64_t hz = 60) {
  return {number, Nanoseconds{static_cast<std::int64_t>(number - 1) * 1'000'000'000 / hz}};
}

/// SPIR-V of a shader in the mainImage form.
std::vector<std::uint32_t> compiled(std::string_view text);

/// A shader with y downwards, to be compared with the processor's: see level_pixel().
std::unique_ptr<Scene> level_scene();
/// Every level of every channel somewhere.
Pixel level_pixel(int x, int y);

}  // namespace drmshow::testing
