// Drawing only what is damaged gives the frame that drawing everything gives, whichever frame was
// in the buffer before; and what is damaged is little.
#include <algorithm>
#include <climits>
#include <random>

#include "animation_testing.hpp"

namespace drmshow::testing {
namespace {

bool contains(const Damage& damage, int x, int y) {
  return std::ranges::any_of(damage.places(), [=](Rect place) {
    return x >= place.x && x < place.right() && y >= place.y && y < place.bottom();
  });
}

std::int64_t damaged_area(const Damage& damage) {
  std::int64_t area = 0;
  for (const Rect place : damage.places()) area += place.size().area();
  return area;
}

TEST(Damage, IsClippedToTheScreen) {
  Damage damage{{100, 50}};
  damage.add({{-10, -20}, {30, 40}});
  ASSERT_EQ(damage.places().size(), 1u);
  EXPECT_EQ(damage.places()[0], (Rect{{0, 0}, {20, 20}}));
  damage.clear();
  EXPECT_TRUE(damage.places().empty());
  damage.add({{90, 40}, {INT_MAX, INT_MAX}});
  EXPECT_EQ(damage.places()[0], (Rect{{90, 40}, {10, 10}}));
}

TEST(Damage, LeavesOutWhatIsEmptyOrOffScreen) {
  Damage damage{{100, 50}};
  for (const Rect nothing : {Rect{},
                             {{5, 5}, {0, 9}},
                             {{5, 5}, {9, -1}},
                             {{100, 0}, {9, 9}},
                             {{0, -9}, {9, 9}},
                             {{INT_MIN, 0}, {INT_MAX, 9}}}) {
    damage.add(nothing);
  }
  EXPECT_TRUE(damage.places().empty());
}

TEST(Damage, JoinsWhatIsNotLargerTogether) {
  Damage damage{{100, 100}};
  damage.add({{0, 0}, {10, 10}});
  damage.add({{50, 50}, {10, 10}});
  EXPECT_EQ(damage.places().size(), 2u);
  damage.add({{10, 0}, {5, 10}});  // beside the first
  EXPECT_EQ(damage.places().size(), 2u);
  EXPECT_EQ(damaged_area(damage), 250);
  damage.add_all();
  EXPECT_EQ(damage.places().size(), 1u);
  EXPECT_EQ(damaged_area(damage), 10000);
}

TEST(Damage, LosesNothingWhenFull) {
  const Size screen{200, 200};
  std::mt19937 random{7};
  for (int round = 0; round < 50; ++round) {
    Damage damage{screen};
    std::vector<Rect> added;
    for (int i = 0; i < 40; ++i) {
      added.push_back({{static_cast<int>(random() % 200), static_cast<int>(random() % 200)},
                       {static_cast<int>(random() % 9), static_cast<int>(random() % 9)}});
      damage.add(added.back());
    }
    ASSERT_LE(damage.places().size(), 16u);
    for (const Rect place : added) {
      for (int y = place.y; y < std::min(place.bottom(), screen.height); ++y) {
        for (int x = place.x; x < std::min(place.right(), screen.width); ++x) {
          ASSERT_TRUE(contains(damage, x, y)) << x << ',' << y;
        }
      }
    }
  }
}

/// A buffer with an old frame in it.
struct Buffer {
  std::vector<Pixel> pixels;
  Moment shows;
};

void draw_places(const Animation& animation, const Damage& damage, std::vector<Pixel>& pixels) {
  const auto width = static_cast<std::size_t>(animation.size().width);
  for (const Rect place : damage.places()) {
    for (int y = place.y; y < place.bottom(); ++y) {
      const std::size_t start =
          static_cast<std::size_t>(y) * width + static_cast<std::size_t>(place.x);
      animation.draw(y, place.x,
                     std::span{pixels}.subspan(start, static_cast<std::size_t>(place.width)));
    }
  }
}

/// Mostly a little later than `last`; sometimes anything.
Moment some_moment(std::mt19937& random, const Moment& last) {
  const auto step = [&](std::uint32_t most) { return static_cast<std::int64_t>(random() % most); };
  switch (random() % 8) {
    case 0:
      return {random(), Nanoseconds{step(1u << 31) * step(1u << 31)}};
    case 1:
      return {last.number + 1, last.time};
    case 2:
      return {last.number, last.time + Nanoseconds{step(100'000'000)}};
    case 3:
      return {last.number + 1, last.time + Nanoseconds{step(1000)}};
    case 4:
      return {last.number + 9, last.time + 1s};
    case 5:
      return {last.number - 1, last.time - 16'666'667ns};
    default:
      return {last.number + 1, last.time + 16'666'667ns};
  }
}

using Case = std::tuple<std::string_view, Size>;
const Size damage_sizes[] = {{1, 1}, {2, 7}, {17, 13}, {64, 48}, {101, 64}, {149, 161}, {333, 211}};

class EveryAnimation : public ::testing::TestWithParam<Case> {};

TEST_P(EveryAnimation, IsTheSameFromDamageAsFromNothing) {
  const auto& [name, size] = GetParam();
  const Subject subject{name, size};
  std::mt19937 random{11};
  Moment now{1, {}};
  subject.set(now);
  std::vector<Buffer> ring(3, Buffer{frame_of(*subject.animation), now});
  for (int i = 0; i < 150; ++i) {
    Buffer& buffer = ring[random() % ring.size()];
    now = some_moment(random, now);
    subject.set(now);
    Damage damage{size};
    subject->add_damage(buffer.shows, damage);
    draw_places(*subject.animation, damage, buffer.pixels);
    ASSERT_TRUE(buffer.pixels == frame_of(*subject.animation))
        << ::testing::PrintToString(now) << " after " << ::testing::PrintToString(buffer.shows);
    buffer.shows = now;
  }
}

std::string damage_case_name(const ::testing::TestParamInfo<Case>& info) {
  const auto& [name, size] = info.param;
  return test_name(name) + '_' + std::to_string(size.width) + 'x' + std::to_string(size.height);
}

INSTANTIATE_TEST_SUITE_P(Subjects, EveryAnimation,
                         ::testing::Combine(::testing::ValuesIn(subjects),
                                            ::testing::ValuesIn(damage_sizes)),
                         damage_case_name);

/// Shares of the screen that frames damage, in two minutes at 60 Hz.
struct Shares {
  double most = 0;
  double mean = 0;
};

Shares damaged_shares(std::string_view name, Size size) {
  constexpr int frames = 7200;
  const Subject subject{name, size};
  Shares shares;
  for (std::uint64_t number = 2; number < frames + 2; ++number) {
    subject.set(moment_at(number));
    Damage damage{size};
    subject->add_damage(moment_at(number - 1), damage);
    const double share =
        static_cast<double>(damaged_area(damage)) / static_cast<double>(size.area());
    shares.most = std::max(shares.most, share);
    shares.mean += share / frames;
  }
  return shares;
}

TEST(SmallDamage, IsAllThatBounceAndClockNeed) {
  for (const Size size : {Size{1920, 1080}, {640, 480}, {1080, 1920}, {3840, 2160}}) {
    const Shares bounce = damaged_shares("bounce", size);
    EXPECT_LT(bounce.most, 0.09) << size.width;
    EXPECT_LT(bounce.mean, 0.09) << size.width;
    const Shares clock = damaged_shares("clock", size);
    EXPECT_LT(clock.most, 0.09) << size.width;  // when the hour changes
    EXPECT_LT(clock.mean, 0.035) << size.width;
  }
}

TEST(SmallDamage, IsNoneForTheSameFrameAndForStills) {
  for (const std::string_view name : {"bounce", "scroll", "clock", "zone", "still"}) {
    const Subject subject{name, {320, 180}};
    Damage damage{{320, 180}};
    subject.set(moment_at(100));
    subject->add_damage(moment_at(100), damage);
    EXPECT_TRUE(damage.places().empty()) << name;
  }
  const Subject still{"still", {320, 180}};
  Damage damage{{320, 180}};
  still.set(moment_at(100));
  still->add_damage(moment_at(1), damage);
  EXPECT_TRUE(damage.places().empty());
}

TEST(SmallDamage, IsTheBoxOnlyForAHudAndNoMoreForALabel) {
  const Size size{640, 480};
  const Subject plain{"bounce", size};
  const Subject labelled{"labelled bounce", size};
  Damage of_plain{size}, of_labelled{size};
  plain.set(moment_at(9));
  labelled.set(moment_at(9));
  plain->add_damage(moment_at(8), of_plain);
  labelled->add_damage(moment_at(8), of_labelled);
  EXPECT_EQ(damaged_area(of_plain), damaged_area(of_labelled));

  const Subject hud{"hud on still", size};
  Damage of_hud{size};
  hud.set(moment_at(9));
  hud->add_damage(moment_at(9), of_hud);  // the text may be another
  ASSERT_EQ(of_hud.places().size(), 1u);
  EXPECT_EQ(of_hud.places()[0], hud.hud->box());
  EXPECT_FALSE(hud.hud->box().size().empty());
}

}  // namespace
}  // namespace drmshow::testing
