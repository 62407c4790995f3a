// Pictures as they were looked at and found good. After a deliberate change run the test once with
// DRMSHOW_UPDATE_GOLDEN=1, look at the PNG files in tests/golden, and commit them.
#include <algorithm>
#include <cstdlib>

#include "pattern_testing.hpp"
#include "render/cpu/overlay.hpp"

namespace drmshow::testing {
namespace {

// FreeType's versions smooth text a little differently: a few pixels may be a little off.
constexpr int noticeable = 24;               // levels, in any channel
constexpr double tolerated_fraction = .004;  // of all pixels

struct Golden {
  const char* pattern;
  Size size;
  std::vector<std::string> label;
};

std::string file_name(const Golden& golden) {
  return std::string{GOLDEN_DIR} + '/' + golden.pattern + '-' + std::to_string(golden.size.width) +
         'x' + std::to_string(golden.size.height) + ".png";
}

int difference(Pixel a, Pixel b) {
  int most = 0;
  for (const int shift : {0, 8, 16}) {
    most = std::max(
        most, std::abs(static_cast<int>(a >> shift & 0xff) - static_cast<int>(b >> shift & 0xff)));
  }
  return most;
}

class PatternGolden : public ::testing::TestWithParam<Golden> {};

TEST_P(PatternGolden, LooksAsItDid) {
  const Golden& golden = GetParam();
  const auto picture = with_label(make_pattern(golden.pattern, golden.size), {golden.label});
  if (std::getenv("DRMSHOW_UPDATE_GOLDEN") != nullptr) {
    golden::write_png(file_name(golden), *picture);
    GTEST_SKIP() << "wrote " << file_name(golden);
  }
  const auto is = golden::draw(*picture);
  const auto was = golden::read_png(file_name(golden));
  ASSERT_EQ(is.size, was.size);
  int off = 0;
  for (std::size_t i = 0; i < is.data.size(); ++i) {
    if (difference(is.data[i], was.data[i]) > noticeable) ++off;
  }
  EXPECT_LE(off, tolerated_fraction * static_cast<double>(golden.size.area()));
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
