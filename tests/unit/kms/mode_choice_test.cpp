#include "kms/mode_choice.hpp"

#include <gtest/gtest.h>

#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using test::make_mode;

// As a television offers them: 59.94 and 60.00 Hz, progressive and interlaced.
const std::vector<Mode>& television() {
  static const std::vector<Mode> modes{
      make_mode(1920, 1080, 148500, 2200, 1125, 0, DRM_MODE_TYPE_PREFERRED),  // 60.00
      make_mode(1920, 1080, 148352, 2200, 1125),                              // 59.94
      make_mode(1920, 1080, 74250, 2200, 1125, DRM_MODE_FLAG_INTERLACE),      // 60.00 fields
      make_mode(1920, 1080, 74250, 2750, 1125),                               // 24.00
      make_mode(3840, 2160, 297000, 4400, 2250),                              // 30.00
      make_mode(1280, 720, 74176, 1650, 750),                                 // 59.94
  };
  return modes;
}

struct ChoiceCase {
  const char* text;
  int index;  // in television(), -1: none
};

class ChooseMode : public testing::TestWithParam<ChoiceCase> {};

TEST_P(ChooseMode, FindsTheMeantMode) {
  const auto choice = parse_mode_choice(GetParam().text);
  ASSERT_TRUE(choice.has_value());
  const Mode* mode = choose_mode(television(), *choice);
  const auto expected = GetParam().index;
  if (expected < 0) {
    EXPECT_EQ(mode, nullptr);
  } else {
    EXPECT_EQ(mode, &television()[static_cast<std::size_t>(expected)]);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Table, ChooseMode,
    testing::Values(ChoiceCase{"preferred", 0}, ChoiceCase{"highest", 4},
                    ChoiceCase{"1920x1080", 0}, ChoiceCase{"1920x1080@60", 0},
                    ChoiceCase{"1920x1080@59.94", 1}, ChoiceCase{"1920x1080@59.94Hz", 1},
                    ChoiceCase{"1920x1080@59.940", 1}, ChoiceCase{"1920x1080@59.9", -1},
                    ChoiceCase{"1920x1080i", 2}, ChoiceCase{"1920x1080i@60", 2},
                    ChoiceCase{"1920x1080i@30", -1}, ChoiceCase{"1920x1080@24", 3},
                    ChoiceCase{"3840x2160", 4}, ChoiceCase{"1280x720@60", -1},
                    ChoiceCase{"1280x720@59.94", 5}, ChoiceCase{"800x600", -1}, ChoiceCase{"#0", 0},
                    ChoiceCase{"#5", 5}, ChoiceCase{"#6", -1}));

TEST(ParseModeChoice, RefusesWhatIsNoMode) {
  for (const char* text : {"", "x", "1920", "1920x", "x1080", "1920x1080@", "1920x1080@x", "0x1080",
                           "1920x0", "-1x5", "1920x1080@-60", "#", "#-1", "#1x", "99999x1",
                           "prefered", "1920x1080@59.", "1920x1080 ", "1920x1080@59.9999999"}) {
    EXPECT_FALSE(parse_mode_choice(text).has_value()) << text;
  }
}

TEST(ChooseMode, EmptyListHasNoMode) {
  EXPECT_EQ(choose_mode({}, *parse_mode_choice("preferred")), nullptr);
  EXPECT_EQ(choose_mode({}, *parse_mode_choice("highest")), nullptr);
}

TEST(ChooseMode, WithoutAPreferredModeTheFirstIs) {
  const std::vector<Mode> modes{make_mode(640, 480, 25175, 800, 525),
                                make_mode(800, 600, 40000, 1056, 628)};
  EXPECT_EQ(choose_mode(modes, *parse_mode_choice("preferred")), modes.data());
}

TEST(NearestModes, OffersSimilarSizesAndRatesFirst) {
  const auto offers = nearest_modes(television(), *parse_mode_choice("1920x1080@50"), 2);
  EXPECT_EQ(offers, (std::vector<std::string>{"1920x1080@59.94", "1920x1080@60.00"}));
  EXPECT_EQ(nearest_modes(television(), *parse_mode_choice("1281x721"), 1),
            std::vector<std::string>{"1280x720@59.94"});
}

TEST(ModeArgument, ChoosesTheModeItNames) {
  for (const Mode& mode : television()) {
    const auto choice = parse_mode_choice(mode_argument(mode));
    ASSERT_TRUE(choice.has_value()) << mode_argument(mode);
    EXPECT_EQ(mode_argument(*choose_mode(television(), *choice)), mode_argument(mode));
  }
}

}  // namespace
}  // namespace drmshow
