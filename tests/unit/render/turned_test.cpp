// Turned pictures have each pixel where a turn puts it. That turned animations draw the same from
// damage as from nothing, animation_damage_test.cpp tests as of all others.
#include "render/cpu/turned.hpp"

#include <thread>
#include <vector>

#include "animation_testing.hpp"

namespace drmshow::testing {
namespace {

/// A picture in memory.
struct Sheet {
  Size size;
  std::vector<Pixel> pixels;
  Pixel at(int x, int y) const { return pixel_at(pixels, size, x, y); }
  friend bool operator==(const Sheet&, const Sheet&) = default;
};

Sheet sheet_of(const Picture& picture) {
  return {picture.size(), golden::draw(picture).data};
}
Sheet sheet_of(const Animation& animation) {
  return {animation.size(), frame_of(animation)};
}

/// What a turn is, said pixel by pixel: clockwise, what was on the left is on top.
Sheet quarter_turned(const Sheet& sheet) {
  Sheet result{sheet.size.transposed(), {}};
  for (int y = 0; y < result.size.height; ++y) {
    for (int x = 0; x < result.size.width; ++x) {
      result.pixels.push_back(sheet.at(y, sheet.size.height - 1 - x));
    }
  }
  return result;
}

Sheet turned_by_hand(Sheet sheet, int quarter_turns) {
  for (int i = 0; i < quarter_turns; ++i) sheet = quarter_turned(sheet);
  return sheet;
}

const Size turned_sizes[] = {{1, 1}, {1, 5}, {7, 2}, {16, 16}, {17, 33}, {64, 48}, {123, 77}};

TEST(Turned, PicturesOfEverySize) {
  for (const Size size : turned_sizes) {
    for (int turns = 0; turns < 4; ++turns) {
      const Sheet expected = turned_by_hand(sheet_of(*make_pattern("card", size)), turns);
      const auto picture = turned(make_pattern("card", size), turns);
      EXPECT_EQ(picture->size(), expected.size);
      EXPECT_TRUE(sheet_of(*picture) == expected) << size.width << 'x' << size.height << turns;
      EXPECT_EQ(size_before_turning(picture->size(), turns), size);
    }
  }
}

TEST(Turned, AnimationsOfEverySizeFrameAfterFrame) {
  for (const Size size : turned_sizes) {
    for (int turns = 0; turns < 4; ++turns) {
      const auto upright = make_animation("clock", size, ten_past_ten);
      const auto animation = turned(make_animation("clock", size, ten_past_ten), turns);
      EXPECT_EQ(animation->size(), size_before_turning(size, turns));
      for (const std::uint64_t number : {1u, 2u, 3u, 60u, 2u, 5000u}) {
        upright->set(moment_at(number));
        animation->set(moment_at(number));
        ASSERT_TRUE(sheet_of(*animation) == turned_by_hand(sheet_of(*upright), turns))
            << size.width << 'x' << size.height << ' ' << turns << ' ' << number;
      }
    }
  }
}

TEST(Turned, LinesThatRepeatAreEqual) {
  for (int turns = 0; turns < 4; ++turns) {
    const auto picture = turned(make_pattern("smpte", {64, 48}), turns);
    const Sheet sheet = sheet_of(*picture);
    std::vector<Pixel> line(static_cast<std::size_t>(picture->size().width));
    for (int y = 0; y < picture->size().height; ++y) {
      picture->draw_row(y, line);
      for (int x = 0; x < picture->size().width; ++x) {
        ASSERT_EQ(line[static_cast<std::size_t>(x)], sheet.at(x, y)) << turns << ' ' << y;
      }
    }
  }
  EXPECT_TRUE(turned(make_pattern("black", {4, 4}), 2)->repeats_row(1));
}

TEST(Turned, PlacesAreWhereTheirPixelsAre) {
  const Size source{40, 30};
  const Rect place{{3, 5}, {10, 4}};
  Sheet sheet{source, std::vector<Pixel>(static_cast<std::size_t>(source.area()))};
  for (int y = place.y; y < place.bottom(); ++y) {
    for (int x = place.x; x < place.right(); ++x) {
      sheet.pixels[static_cast<std::size_t>(y * source.width + x)] = 1;
    }
  }
  for (int turns = 0; turns < 4; ++turns) {
    const Sheet result = turned_by_hand(sheet, turns);
    const Rect there = turned_place(place, source, turns);
    for (int y = 0; y < result.size.height; ++y) {
      for (int x = 0; x < result.size.width; ++x) {
        const bool inside = x >= there.x && x < there.right() && y >= there.y && y < there.bottom();
        ASSERT_EQ(result.at(x, y) == 1, inside) << turns << ": " << x << ',' << y;
      }
    }
  }
}

TEST(Turned, ThreadsDrawLinesOfOneFrameAtOnce) {
  const Size size{97, 61};
  const auto upright = make_animation("zone", size, {});
  const auto animation = turned(make_animation("zone", size, {}), 1);
  for (std::uint64_t number = 1; number < 30; ++number) {
    upright->set(moment_at(number));
    animation->set(moment_at(number));
    std::vector<Sheet> drawn(3);
    {
      std::vector<std::jthread> threads;
      for (Sheet& sheet : drawn) {
        threads.emplace_back([&] { sheet = sheet_of(*animation); });
      }
    }
    const Sheet expected = turned_by_hand(sheet_of(*upright), 1);
    for (const Sheet& sheet : drawn) ASSERT_TRUE(sheet == expected) << number;
  }
}

TEST(Turned, UpsideDownTheLabelIsWhereThePictureKeepsAPlace) {
  const Size size{640, 480};
  const auto card = make_pattern("card", size);
  const auto* const host = dynamic_cast<const LabelHost*>(card.get());
  ASSERT_NE(host, nullptr);
  const auto upside_down = turned(make_pattern("card", size), 2);
  const auto* const turned_host = dynamic_cast<const LabelHost*>(upside_down.get());
  ASSERT_NE(turned_host, nullptr);
  EXPECT_EQ(turned_host->label_area(), turned_place(host->label_area(), size, 2));
  EXPECT_FALSE(turned_host->label_area().size().empty());
}

}  // namespace
}  // namespace drmshow::testing
