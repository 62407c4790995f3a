#include "golden_testing.hpp"
#include "pattern_testing.hpp"
#include "render/cpu/overlay.hpp"

namespace drmshow::testing {
namespace {

struct Golden {
  const char* pattern;
  Size size;
  std::vector<std::string> label;
};

class PatternGolden : public ::testing::TestWithParam<Golden> {};

TEST_P(PatternGolden, LooksAsItDid) {
  const Golden& golden = GetParam();
  expect_as_it_was(*with_label(make_pattern(golden.pattern, golden.size), {golden.label}),
                   golden.pattern);
}

INSTANTIATE_TEST_SUITE_P(
    Files, PatternGolden,
    ::testing::Values(Golden{"card", {640, 480}, {}},
                      Golden{"card", {480, 640}, {"Virtual-1", "480x640 @ 60.00 Hz"}},
                      Golden{"card", {64, 36}, {}}, Golden{"smpte", {320, 240}, {}},
                      Golden{"smpte-hd", {320, 180}, {"DP-1", "320x180 @ 60.00 Hz"}},
                      Golden{"grid", {320, 180}, {}}, Golden{"gamma", {320, 180}, {}},
                      Golden{"near-black", {320, 180}, {}}, Golden{"sharpness", {320, 180}, {}},
                      Golden{"zone-plate", {128, 96}, {}}));

}  // namespace
}  // namespace drmshow::testing
