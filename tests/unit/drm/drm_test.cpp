#include <concepts>
#include <type_traits>

#include <gtest/gtest.h>

#include "drm-show/fixed.hpp"
#include "drm-show/format.hpp"
#include "drm-show/id.hpp"
#include "drm-show/mode.hpp"
#include "drm-show/property.hpp"
#include "drm/clients.hpp"
#include "drm/ioctl.hpp"
#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using test::make_mode;

struct RefreshCase {
  Mode mode;
  std::int64_t millihertz;
  const char* text;
};

TEST(Mode, RefreshIsComputedFromTheClock) {
  const RefreshCase cases[] = {
      {make_mode(3840, 2160, 533250, 4000, 2222), 59997, "3840x2160 @ 60.00 Hz"},
      {make_mode(1920, 1080, 148352, 2200, 1125), 59940, "1920x1080 @ 59.94 Hz"},
      {make_mode(1920, 1080, 74250, 2200, 1125, DRM_MODE_FLAG_INTERLACE), 60000,
       "1920x1080i @ 60.00 Hz"},
      {make_mode(320, 240, 12587, 400, 262, DRM_MODE_FLAG_DBLSCAN), 60052, "320x240 @ 60.05 Hz"},
      {make_mode(640, 480, 25175, 800, 525), 59940, "640x480 @ 59.94 Hz"},
      // 59.8846 Hz: rounded to thousandths first, it would become 59.89.
      {make_mode(1920, 1200, 193250, 2592, 1245), 59885, "1920x1200 @ 59.88 Hz"},
      {make_mode(640, 480, 25175, 0, 0), 0, "640x480 @ 0.00 Hz"},
      {Mode{}, 0, "0x0 @ 0.00 Hz"},
  };
  for (const auto& [mode, millihertz, text] : cases) {
    EXPECT_EQ(mode.refresh().millihertz(), millihertz) << text;
    EXPECT_EQ(to_string(mode), text);
  }
}

TEST(Mode, OneThatIsMadeUpHasItsSizeAndRate) {
  for (const std::int64_t millihertz : {24'000, 59'940, 60'000, 143'856}) {
    const Mode mode = Mode::made_up({1280, 720}, Refresh::from_microhertz(millihertz * 1000));
    EXPECT_EQ(mode.size(), (Size{1280, 720}));
    EXPECT_EQ(mode.refresh().centihertz(), (millihertz + 5) / 10);
    EXPECT_EQ(mode.name(), "1280x720");
  }
}

TEST(Mode, VscanRepeatsLines) {
  drm_mode_modeinfo raw = make_mode(320, 240, 25175, 800, 262).raw();
  raw.vscan = 2;
  EXPECT_EQ(Mode{raw}.refresh().millihertz(), 60055);
}

TEST(Mode, AnUnterminatedNameIsCut) {
  drm_mode_modeinfo raw{};
  std::fill(std::begin(raw.name), std::end(raw.name), 'x');
  EXPECT_EQ(Mode{raw}.name().size(), sizeof raw.name);
}

TEST(Format, NamesAsDrmFourccHas) {
  EXPECT_EQ(formats::xrgb8888.fourcc(), 875713112u);
  EXPECT_EQ(to_string(formats::xrgb8888), "XRGB8888 (XR24)");
  EXPECT_EQ(to_string(formats::rgb565), "RGB565 (RG16)");
  EXPECT_EQ(to_string(Format{0x01020304}), std::string{"("} + std::string(4, '?') + ")");
}

TEST(Fixed16_16, IsSixteenBitsEach) {
  EXPECT_EQ(Fixed16_16::from_int(3840).raw(), 251658240u);
  EXPECT_EQ(Fixed16_16::from_int(128).raw(), 8388608u);
  EXPECT_EQ(Fixed16_16::from_raw(0x18000).value(), 1.5);
}

TEST(PropertyInfo, BitmaskEntriesAreBitNumbersWithGaps) {
  PropertyInfo info;
  info.kind = PropertyKind::bitmask;
  info.entries = {{0, "rotate-0"}, {5, "reflect-y"}, {64, "impossible"}};
  EXPECT_EQ(info.value_of("rotate-0"), 1u);
  EXPECT_EQ(info.value_of("reflect-y"), 32u);
  EXPECT_EQ(info.value_of("impossible"), std::nullopt);
  EXPECT_EQ(info.value_of("rotate-90"), std::nullopt);
}

TEST(ParseMaster, ReadsTheKernelsTable) {
  using Clients = std::vector<DrmClient>;
  constexpr const char* before_6_13 =
      "             command   pid dev master a   uid      magic\n"
      "      systemd-logind   843   0   y    y     0          0\n"
      "              weston  1711   0   n    y  1000          1\n";
  EXPECT_EQ(parse_masters(before_6_13), (Clients{{"systemd-logind", 843}}));
  constexpr const char* newer =
      "             command  tgid dev master a   uid      magic                                "
      "name\n"
      "     my show program    77   1   y    y     0          0                             "
      "<unset>\n";
  EXPECT_EQ(parse_masters(newer), (Clients{{"my show program", 77}}));
  constexpr const char* with_lease =
      "command tgid dev master a uid magic\n"
      "weston 843 0 y y 0 0\n"
      "monado 901 0 y y 1000 0\n";
  EXPECT_EQ(parse_masters(with_lease), (Clients{{"weston", 843}, {"monado", 901}}));
  EXPECT_EQ(parse_masters("command tgid dev master\nweston 12 0 n y 0 0\n"), Clients{});
  EXPECT_EQ(parse_masters(""), Clients{});
}

TEST(FailureOf, ErrnosMeanDifferentThings) {
  EXPECT_EQ(failure_of(ENODEV), Failure::device_lost);
  EXPECT_EQ(failure_of(EACCES), Failure::master_taken);
  EXPECT_EQ(failure_of(EINVAL), Failure::mode_refused);
  EXPECT_EQ(failure_of(ENOMEM), Failure::unexpected);
}

// Ids of different objects do not mix, and no number becomes an id by accident.
static_assert(!std::convertible_to<std::uint32_t, CrtcId>);
static_assert(!std::convertible_to<CrtcId, std::uint32_t>);
static_assert(!std::constructible_from<PlaneId, CrtcId>);
static_assert(!std::equality_comparable_with<CrtcId, CrtcIndex>);
static_assert(!std::convertible_to<int, Fixed16_16>);
static_assert(!std::is_copy_constructible_v<UniqueFd>);

}  // namespace
}  // namespace drmshow
