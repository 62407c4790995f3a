#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "query/names.hpp"
#include "query/views/mode_text.hpp"
#include "snapshot_builder.hpp"

namespace drmshow::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Names, OfTypes) {
  EXPECT_EQ(connector_type_name(DRM_MODE_CONNECTOR_DisplayPort), "DP");
  EXPECT_EQ(connector_type_name(DRM_MODE_CONNECTOR_HDMIA), "HDMI-A");
  EXPECT_EQ(connector_type_name(DRM_MODE_CONNECTOR_9PinDIN), "DIN");
  EXPECT_EQ(connector_type_name(12345), "type-12345");
  EXPECT_EQ(encoder_type_name(DRM_MODE_ENCODER_TMDS), "TMDS");
  EXPECT_EQ(encoder_type_name(99), "type-99");
  EXPECT_EQ(status_word(static_cast<Connection>(99)), "unknown");
  EXPECT_EQ(subpixel_word(Subpixel::vertical_bgr), "vertical BGR");
}

TEST(Names, OfModeBits) {
  const auto words = [](std::uint32_t flags) {
    return mode_flag_words(make_mode(1, 1, 1, 1, 1, flags).raw());
  };
  EXPECT_THAT(words(0), IsEmpty());
  EXPECT_THAT(words(DRM_MODE_FLAG_INTERLACE | DRM_MODE_FLAG_PHSYNC | DRM_MODE_FLAG_NVSYNC),
              ElementsAre("interlaced", "+hsync", "-vsync"));
  EXPECT_THAT(words(0x80000000 | DRM_MODE_FLAG_PIC_AR_4_3), ElementsAre("flag-0x80000000"));
  EXPECT_THAT(mode_type_words(make_mode(1, 1, 1, 1, 1, 0, 0x108).raw()),
              ElementsAre("preferred", "type-0x100"));
}

TEST(Names, OfModeFields) {
  const auto mode = [](std::uint32_t flags) { return make_mode(1, 1, 1, 1, 1, flags).raw(); };
  EXPECT_EQ(picture_aspect_word(mode(0)), "");
  EXPECT_EQ(picture_aspect_word(mode(DRM_MODE_FLAG_PIC_AR_64_27)), "64:27");
  EXPECT_EQ(picture_aspect_word(mode(DRM_MODE_FLAG_PIC_AR_MASK)), "aspect-15");
  EXPECT_EQ(stereo_layout_word(mode(DRM_MODE_FLAG_3D_TOP_AND_BOTTOM)), "top-and-bottom");
  EXPECT_EQ(stereo_layout_word(mode(DRM_MODE_FLAG_3D_MASK)), "stereo-31");
}

TEST(Names, OfFormats) {
  EXPECT_EQ(format_name(formats::xrgb8888), "XRGB8888");
  EXPECT_EQ(format_name(Format::from_chars('Z', 'Z', '\n', '9')), "(ZZ?9)");
}

TEST(ModeText, DoesWithoutTimings) {
  const TextStyle style;
  EXPECT_EQ(mode_text(style, make_mode(1920, 1080, 148500, 2200, 1125)), "1920x1080 @ 60.00 Hz");
  EXPECT_EQ(mode_text(style, make_mode(1920, 1080, 0, 0, 0)), "1920x1080");
  drm_mode_modeinfo named{};
  EXPECT_EQ(mode_text(style, Mode{named}), "mode without a size");
  named.name[0] = 'P';
  named.name[1] = '\n';
  EXPECT_EQ(mode_text(style, Mode{named}), "P?");
}

TEST(ModeText, KnowsTheCurrentModeByItsTimings) {
  const Mode mode = make_mode(1920, 1080, 148500, 2200, 1125, DRM_MODE_FLAG_PHSYNC, 0);
  Mode renamed =
      make_mode(1920, 1080, 148500, 2200, 1125, DRM_MODE_FLAG_PHSYNC, DRM_MODE_TYPE_PREFERRED);
  EXPECT_EQ(mode_remarks({}, renamed, mode), "preferred, current, +hsync");
  EXPECT_EQ(mode_remarks({}, mode, make_mode(1920, 1080, 148351, 2200, 1125)), "+hsync");
}

TEST(ModeText, Inches) {
  EXPECT_EQ(inches_text({true, false, 80}, {597, 336}), "27.0″");
  EXPECT_EQ(inches_text({false, false, 80}, {597, 336}), "27.0 in");
  EXPECT_EQ(inches_text({}, {0, 336}), "");
  EXPECT_EQ(inches_text({}, {-3, 336}), "");
}

}  // namespace
}  // namespace drmshow::test
