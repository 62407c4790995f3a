// What moves where and when, and what every animation owes whoever draws it.
#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <thread>

#include "animation_testing.hpp"
#include "drm-show/error.hpp"
#include "render/cpu/clock_text.hpp"

namespace drmshow::testing {
namespace {

constexpr Pixel guard_pixel = 0x12345678;
constexpr Pixel amber = rgb(255, 183, 28);

class EverySubject : public ::testing::TestWithParam<std::string_view> {};

/// Part of a line, between guards; empty if a guard was touched.
std::vector<Pixel> draw_part(const Animation& animation, int y, int x, int width) {
  std::vector<Pixel> row(static_cast<std::size_t>(width) + 2, guard_pixel);
  animation.draw(y, x, std::span{row}.subspan(1, static_cast<std::size_t>(width)));
  if (row.front() != guard_pixel || row.back() != guard_pixel) return {};
  return {row.begin() + 1, row.end() - 1};
}

TEST_P(EverySubject, DrawsPartsOfLinesAlike) {
  std::mt19937 random{23};
  for (const Size size : {Size{1, 1}, {2, 7}, {64, 48}, {149, 161}, {320, 180}}) {
    const Subject subject{GetParam(), size};
    subject.set(moment_at(4321));
    const auto frame = frame_of(*subject.animation);
    for (int i = 0; i < 500; ++i) {
      const int line = static_cast<int>(random() % static_cast<unsigned>(size.height));
      const int x = static_cast<int>(random() % static_cast<unsigned>(size.width));
      const int width = 1 + static_cast<int>(random() % static_cast<unsigned>(size.width - x));
      const auto part = draw_part(*subject.animation, line, x, width);
      ASSERT_FALSE(part.empty()) << "written beyond its ends";
      ASSERT_TRUE(std::equal(part.begin(), part.end(),
                             frame.begin() + std::ptrdiff_t{line} * size.width + x))
          << "line " << line << " from " << x;
      ASSERT_TRUE(std::ranges::all_of(part, [](Pixel p) { return p >> 24 == 0xff; }));
    }
  }
}

TEST_P(EverySubject, SaysOnlyOfEqualLinesThatTheyRepeat) {
  for (const Size size : {Size{2, 7}, {64, 48}, {149, 161}, {320, 180}}) {
    const Subject subject{GetParam(), size};
    for (const std::uint64_t number : {1u, 100u, 777u}) {
      subject.set(moment_at(number));
      for (int y = 1; y < size.height; ++y) {
        if (!subject->repeats(y)) continue;
        ASSERT_EQ(draw_part(*subject.animation, y, 0, size.width),
                  draw_part(*subject.animation, y - 1, 0, size.width))
            << "line " << y;
      }
    }
  }
}

TEST_P(EverySubject, IsAFunctionOfItsMoment) {
  const Size size{149, 161};
  const Subject one{GetParam(), size};
  const Subject other{GetParam(), size};
  for (const std::uint64_t number : {5u, 900u, 2u}) {
    one.set(moment_at(number));
    other.set(moment_at(number + 13));
    other.set(moment_at(number));
    ASSERT_EQ(frame_of(*one.animation), frame_of(*other.animation));
  }
}

TEST_P(EverySubject, IsDrawnFromSeveralThreads) {
  const Size size{320, 180};
  const Subject subject{GetParam(), size};
  subject.set(moment_at(60));
  const auto frame = frame_of(*subject.animation);
  std::vector<Pixel> drawn(frame.size());
  std::vector<std::thread> threads;
  for (int first = 0; first < 4; ++first) {
    threads.emplace_back([&, first] {
      for (int y = first; y < size.height; y += 4) {
        const auto line = std::span{drawn}.subspan(static_cast<std::size_t>(y * size.width), 320);
        subject->draw(y, 0, line.first(100));
        subject->draw(y, 100, line.subspan(100));
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(drawn, frame);
}

INSTANTIATE_TEST_SUITE_P(Animations, EverySubject, ::testing::ValuesIn(subjects),
                         [](const auto& test) { return test_name(test.param); });

TEST(Animations, HaveNamesAndSummariesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const PatternInfo& info : patterns()) names.insert(info.name);
  for (const PatternInfo& info : animations()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_FALSE(info.summary.empty());
    EXPECT_NE(make_animation(info.name, {8, 8}, {}), nullptr);
  }
  EXPECT_EQ(animations().size(), 4u);
  EXPECT_EQ(make_animation("card", {8, 8}, {}), nullptr);
  EXPECT_EQ(make_animation("", {8, 8}, {}), nullptr);
}

TEST(Animations, RefuseSizesThatPatternsRefuse) {
  for (const Size size : {Size{0, 1}, {1, -1}, {16385, 1}}) {
    EXPECT_THROW(make_animation("bounce", size, {}), Error);
  }
}

TEST(Animations, AreDrawnUpToTheLargestSizeAndAtAnyTime) {
  for (const PatternInfo& info : animations()) {
    for (const Size size : {Size{16384, 16384}, {16384, 1}, {1, 16384}}) {
      const auto animation = make_animation(info.name, size, ten_past_ten);
      for (const Nanoseconds time : {Nanoseconds::min(), -1ns, 0ns, Nanoseconds::max()}) {
        animation->set({~0ull, time});
        for (const int y : {0, 1, size.height / 2, size.height - 1}) {
          EXPECT_FALSE(draw_part(*animation, std::min(y, size.height - 1), 0, size.width).empty());
        }
        Damage damage{size};
        animation->add_damage({0, {}}, damage);
      }
    }
  }
}

TEST(Scroll, MovesByWholePixelsAtSixtyHertz) {
  const Size size{1920, 1080};
  const auto animation = make_animation("scroll", size, {});
  constexpr int steps[] = {4, 8, 16};  // of the lanes, from the top
  std::vector<Pixel> before[3];
  for (std::uint64_t number = 1; number < 2000; ++number) {
    animation->set(moment_at(number));
    for (int lane = 0; lane < 3; ++lane) {
      const auto line = draw_part(*animation, 360 * lane + 200, 0, size.width);
      if (!before[lane].empty()) {
        ASSERT_TRUE(std::equal(line.begin() + steps[lane], line.end(), before[lane].begin()))
            << "lane " << lane << ", frame " << number;
      }
      before[lane] = line;
    }
  }
}

TEST(Scroll, IsAsFastAtEveryRefreshRate) {
  const Size size{1920, 1080};
  const auto animation = make_animation("scroll", size, {});
  animation->set({1, 2s});
  const auto line = draw_part(*animation, 200, 0, size.width);
  for (const std::int64_t hz : {24, 50, 75, 144}) {
    animation->set(moment_at(static_cast<std::uint64_t>(2 * hz + 1), hz));
    EXPECT_EQ(draw_part(*animation, 200, 0, size.width), line) << hz;
  }
}

/// The smallest rectangle that holds every pixel of the colour.
Rect extent_of(Pixel colour, const std::vector<Pixel>& frame, Size size) {
  Point first{size.width, size.height}, last{-1, -1};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      if (pixel_at(frame, size, x, y) != colour) continue;
      first = {std::min(first.x, x), std::min(first.y, y)};
      last = {std::max(last.x, x), std::max(last.y, y)};
    }
  }
  return {first, {last.x - first.x + 1, last.y - first.y + 1}};
}

TEST(Bounce, CrossesTheScreenFromEdgeToEdge) {
  const Size size{640, 480};
  const auto animation = make_animation("bounce", size, {});
  const auto box_at = [&](Nanoseconds time) {
    animation->set({1, time});
    return extent_of(amber, frame_of(*animation), size);
  };
  const Rect begin = box_at(0ns);
  EXPECT_EQ(begin.x, 0);
  EXPECT_EQ(begin.y, 0);
  EXPECT_EQ(box_at(3700ms).right(), size.width);
  EXPECT_EQ(box_at(7400ms).x, 0);
  EXPECT_NEAR(box_at(1850ms).x, (size.width - begin.width) / 2.0, 1);
  EXPECT_NEAR(box_at(5550ms).x, (size.width - begin.width) / 2.0, 1);
  EXPECT_EQ(box_at(4600ms).y, 0);
}

TEST(Bounce, ShowsTheNumber) {
  const Size size{640, 480};
  const auto animation = make_animation("bounce", size, {});
  std::set<std::vector<Pixel>> seen;
  for (const std::uint64_t number : {1u, 2u, 10u, 100'000u, 999'999u}) {
    animation->set({number, {}});
    auto frame = frame_of(*animation);
    frame.resize(frame.size() / 2);  // without the frame code
    EXPECT_TRUE(seen.insert(std::move(frame)).second) << number;
  }
}

std::vector<Pixel> clock_frame(Nanoseconds time_of_day, Nanoseconds time) {
  const auto animation = make_animation("clock", {320, 180}, time_of_day);
  animation->set({7, time});
  return frame_of(*animation);
}

TEST(Clock, ShowsItsOriginPlusTheTime) {
  EXPECT_EQ(clock_frame(10h, 5s), clock_frame(10h + 5s, 0s));
  EXPECT_EQ(clock_frame(23h + 59min + 59s, 2s), clock_frame(1s, 0s));
  EXPECT_EQ(clock_frame(1h, 48h), clock_frame(1h, 0s));
  EXPECT_NE(clock_frame(10h, 1ms), clock_frame(10h, 2ms));
  EXPECT_NE(clock_frame(10h, 0s), clock_frame(22h, 0s));
  EXPECT_NE(clock_frame(10h, 0s), clock_frame(10h + 1min, 0s));
}

TEST(Clock, SaysTheTimeInDigits) {
  const auto said = [](const ClockText& text) { return std::string{text.begin(), text.end()}; };
  EXPECT_EQ(said(time_text(0ns)), "00:00:00.000");
  EXPECT_EQ(said(time_text(23h + 59min + 58s + 999'999'999ns)), "23:59:58.999");
  EXPECT_EQ(said(time_text(10h + 9min + 7s + 65ms)), "10:09:07.065");
  EXPECT_EQ(said(number_text(7)), "frame 000007");
  EXPECT_EQ(said(number_text(12'345'678)), "frame 345678");
}

TEST(Animations, GoOnBackwardsFromTheirBeginning) {
  const auto frame_at = [](std::string_view name, Nanoseconds time) {
    const auto animation = make_animation(name, {149, 161}, ten_past_ten);
    animation->set({1, time});
    return frame_of(*animation);
  };
  EXPECT_EQ(frame_at("zone", -250ms), frame_at("zone", 750ms));
  EXPECT_EQ(frame_at("clock", -1min), frame_at("clock", 24h - 1min));
  EXPECT_EQ(frame_at("bounce", -100ms), frame_at("bounce", 2 * 3700ms * 2300 - 100ms));
  EXPECT_EQ(frame_at("scroll", -1500ms), frame_at("scroll", 74s - 1500ms));  // 74 pixels a period
}

TEST(Clock, SweepsClockwiseFromTheTop) {
  const Size size{640, 480};
  const Point middle{320, 187};
  const auto animation = make_animation("clock", size, {});
  constexpr int away = 100;
  const struct {
    Nanoseconds time;
    Point tip;
  } hands[] = {{0s, {0, -away}}, {15s, {away, 0}}, {30s, {0, away}}, {45s, {-away, 0}}};
  for (const auto& hand : hands) {
    animation->set({1, hand.time});
    const auto frame = frame_of(*animation);
    EXPECT_EQ(pixel_at(frame, size, middle.x + hand.tip.x, middle.y + hand.tip.y), amber)
        << hand.time.count();
    EXPECT_NE(pixel_at(frame, size, middle.x - hand.tip.x, middle.y - hand.tip.y), amber);
  }
}

TEST(MovingZone, IsThePlateAtRestAtFirstAndFlowsOutwards) {
  const Size size{128, 96};
  const auto animation = make_animation("zone", size, {});
  animation->set({1, 0s});
  const auto frame = frame_of(*animation);
  const auto plate = golden::draw(*make_pattern("zone-plate", size)).data;
  EXPECT_TRUE(std::equal(frame.begin(), frame.begin() + 80 * 128, plate.begin()));
  // Half a turn on, the white middle is where the first dark ring was: black.
  animation->set({2, 500ms});
  EXPECT_LT(pixel_at(frame_of(*animation), size, 64, 48) & 0xff, 5u);
  // A ring of phase p is at a r^2 = p; a quarter turn later it is further out, not further in.
  animation->set({3, 250ms});
  const auto later = frame_of(*animation);
  const int ring = static_cast<int>(std::sqrt(96 * 0.5));  // a r^2 = a quarter turn
  EXPECT_GT(pixel_at(later, size, 64 + ring, 48) & 0xff, 230u);
  animation->set({4, 1s});
  EXPECT_TRUE(std::equal(frame.begin(), frame.begin() + 80 * 128, frame_of(*animation).begin()));
}

}  // namespace
}  // namespace drmshow::testing
