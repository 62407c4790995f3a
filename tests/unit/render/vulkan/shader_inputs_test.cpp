// What shaders get to know about a frame.
#include "render/vulkan/shader_inputs.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace drmshow::testing {
namespace {

using namespace std::chrono_literals;

constexpr Size inputs_size{1920, 1080};

TEST(ShaderInputs, OfTheFirstFrameBeginAtZero) {
  const auto inputs = shader_inputs({1, 0ns}, inputs_size, 0ns);
  EXPECT_EQ(inputs.time, 0);
  EXPECT_EQ(inputs.frame, 0);
  EXPECT_EQ(inputs.resolution[0], 1920);
  EXPECT_EQ(inputs.resolution[1], 1080);
  EXPECT_EQ(inputs.resolution[2], 1);
  EXPECT_FLOAT_EQ(inputs.time_delta, 1 / 60.f);
  EXPECT_EQ(shader_inputs({0, 0ns}, inputs_size, 0ns).frame, 0);
}

TEST(ShaderInputs, OfLaterFramesTellTheMeanRate) {
  const auto inputs = shader_inputs({51, 2s}, inputs_size, 0ns);
  EXPECT_EQ(inputs.time, 2);
  EXPECT_EQ(inputs.frame, 50);
  EXPECT_FLOAT_EQ(inputs.time_delta, 0.04f);
  EXPECT_FLOAT_EQ(inputs.frame_rate, 25);
}

TEST(ShaderInputs, AreFiniteWhenTimeStandsStill) {
  EXPECT_FLOAT_EQ(shader_inputs({9, 0ns}, inputs_size, 0ns).frame_rate, 60);
  EXPECT_FLOAT_EQ(shader_inputs({~0ull, 1ns}, inputs_size, 0ns).frame_rate, 1e9f);
}

TEST(ShaderInputs, KnowTheDateAndGoOnAtMidnight) {
  using namespace std::chrono;
  const auto evening = sys_days{2024y / February / 28} + 23h + 59min + 58s;
  const Nanoseconds began = evening.time_since_epoch();
  const auto before = shader_inputs({1, 1s}, inputs_size, began);
  EXPECT_EQ(before.date[0], 2024);
  EXPECT_EQ(before.date[1], 1);  // from 0
  EXPECT_EQ(before.date[2], 28);
  EXPECT_EQ(before.date[3], 86399);
  const auto after = shader_inputs({1, 2s + 500ms}, inputs_size, began);
  EXPECT_EQ(after.date[2], 29);
  EXPECT_EQ(after.date[3], 0.5f);
}

}  // namespace
}  // namespace drmshow::testing
