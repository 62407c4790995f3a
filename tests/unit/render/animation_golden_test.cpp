#include "animation_testing.hpp"
#include "golden_testing.hpp"

namespace drmshow::testing {
namespace {

class AnimationGolden : public ::testing::TestWithParam<std::string_view> {};

TEST_P(AnimationGolden, LooksAsItDid) {
  const auto animation = make_animation(GetParam(), {320, 180}, ten_past_ten);
  animation->set({1234, 7345ms});
  expect_as_it_was(golden::FramePicture{*animation}, "moving-" + std::string{GetParam()});
}

INSTANTIATE_TEST_SUITE_P(Files, AnimationGolden,
                         ::testing::Values("bounce", "scroll", "clock", "zone"),
                         [](const auto& test) { return std::string{test.param}; });

TEST(HudGolden, LooksAsItDid) {
  Hud hud{
      with_label(make_animation("scroll", {640, 360}, {}), {{"Virtual-1", "640x360 @ 60.00 Hz"}}),
      4, 30};
  hud.set({600, 9983ms});
  hud.set_line(0, "60.00 fps  vblank");
  hud.set_line(1, "draw 1.2 ms  commit 0.3 ms");
  hud.set_line(2, "dropped 0  late 2");
  hud.set_line(3, "latency 17.1 ms (1 frame)");
  expect_as_it_was(golden::FramePicture{hud}, "hud-on-scroll");
}

}  // namespace
}  // namespace drmshow::testing
