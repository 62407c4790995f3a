// The frame's number in the pixels: written, read, and not misread.
#include "render/cpu/frame_code.hpp"

#include <random>

#include "animation_testing.hpp"

namespace drmshow::testing {
namespace {

constexpr std::uint32_t telling_numbers[] = {0, 1, 2, 255, 256, 0x12345678, 0x80000000, 0xffffffff};

/// Black but for the strip.
std::vector<Pixel> screen_saying(std::uint32_t number, Size size, Pixel around = rgb(0, 0, 0)) {
  std::vector<Pixel> pixels(static_cast<std::size_t>(size.area()), around);
  const auto strip = frame_code::strip_on(size);
  for (int y = 0; y < size.height; ++y) {
    const auto width = static_cast<std::size_t>(size.width);
    frame_code::draw(strip, frame_code::encode(number), y, 0,
                     std::span{pixels}.subspan(static_cast<std::size_t>(y) * width, width));
  }
  return pixels;
}

TEST(FrameCode, IsThisFormat) {
  EXPECT_EQ(frame_code::encode(0x12345678), 0xa'12345678'cd'5u);
  EXPECT_EQ(frame_code::encode(0), 0xa'00000000'd1'5u);
}

TEST(FrameCode, RoundTrips) {
  std::mt19937 random{3};
  for (const std::uint32_t number : telling_numbers) {
    EXPECT_EQ(frame_code::decode(frame_code::encode(number)), number);
  }
  for (int i = 0; i < 100'000; ++i) {
    const auto number = static_cast<std::uint32_t>(random());
    ASSERT_EQ(frame_code::decode(frame_code::encode(number)), number);
  }
}

TEST(FrameCode, NoticesEveryBurstOfWrongCells) {
  std::mt19937 random{5};
  for (int i = 0; i < 200; ++i) {
    const auto cells = frame_code::encode(static_cast<std::uint32_t>(random()));
    for (int shift = 0; shift <= frame_code::cell_count - 8; ++shift) {
      for (frame_code::Cells burst = 1; burst < 256; ++burst) {
        ASSERT_EQ(frame_code::decode(cells ^ burst << shift), std::nullopt);
      }
    }
  }
  EXPECT_EQ(frame_code::decode(frame_code::encode(5) | 1ull << 60), std::nullopt);
}

TEST(FrameCode, IsReadFromScreensThatHaveRoom) {
  for (const Size size : {Size{50, 48},
                          {64, 48},
                          {100, 64},
                          {101, 65},
                          {640, 480},
                          {1080, 1920},
                          {1920, 1080},
                          {16384, 48},
                          {3840, 2160}}) {
    for (const std::uint32_t number : telling_numbers) {
      for (const Pixel around : {rgb(0, 0, 0), rgb(255, 255, 255), rgb(128, 128, 128)}) {
        ASSERT_EQ(frame_code::read(size, screen_saying(number, size, around)), number);
      }
    }
  }
}

TEST(FrameCode, IsLeftOutWithoutRoom) {
  for (const Size size : {Size{1, 1}, {49, 480}, {640, 47}, {48, 48}}) {
    EXPECT_TRUE(frame_code::strip_on(size).box.size().empty());
    EXPECT_EQ(frame_code::read(size, screen_saying(7, size)), std::nullopt);
  }
}

TEST(FrameCode, HasCellsOfTwoByTwoAndStandsInTheCorner) {
  for (int width = 100; width < 5000; width += 97) {
    for (int height = 64; height < 3000; height += 83) {
      const auto strip = frame_code::strip_on({width, height});
      ASSERT_GE(strip.cell.width, 2);
      ASSERT_GE(strip.cell.height, 2);
      ASSERT_EQ(strip.box.x, 0);
      ASSERT_EQ(strip.box.bottom(), height);
      ASSERT_LE(strip.box.right(), width);
      ASSERT_LE(strip.box.height, height / 10);
    }
  }
}

/// As a framebuffer of 16 bits keeps it, with zeros where there was more.
Pixel through_rgb565(Pixel pixel) {
  return (pixel & 0x00f8fcf8) | 0xff000000;
}

TEST(FrameCode, SurvivesSixteenBitColour) {
  const Size size{640, 480};
  auto pixels = screen_saying(0xdeadbeef, size);
  for (Pixel& pixel : pixels) pixel = through_rgb565(pixel);
  EXPECT_EQ(frame_code::read(size, pixels), 0xdeadbeef);
}

TEST(FrameCode, DoesNotGuessGrays) {
  const Size size{640, 480};
  const auto read_with = [&](Pixel one, Pixel zero) {
    auto pixels = screen_saying(1, size);
    for (Pixel& pixel : pixels) pixel = pixel == rgb(255, 255, 255) ? one : zero;
    return frame_code::read(size, pixels);
  };
  EXPECT_EQ(read_with(rgb(200, 255, 220), rgb(0, 60, 20)), 1u);
  EXPECT_EQ(read_with(rgb(128, 255, 255), rgb(0, 0, 0)), std::nullopt);
  EXPECT_EQ(read_with(rgb(255, 255, 255), rgb(0, 0, 96)), std::nullopt);
}

TEST(FrameCode, IsNotReadFromATornFrame) {
  std::mt19937 random{17};
  for (const Size size : {Size{64, 48}, {100, 64}, {640, 480}, {1920, 1080}}) {
    const auto strip = frame_code::strip_on(size);
    for (int i = 0; i < 20; ++i) {
      const auto above = static_cast<std::uint32_t>(random() % 1000);
      const auto below = i % 2 == 0 ? above + 1 : static_cast<std::uint32_t>(random());
      const int first = strip.first().y;
      for (int tear = first + 1; tear < first + strip.cell.height; ++tear) {
        auto pixels = screen_saying(above, size);
        const auto rest = screen_saying(below, size);
        const auto start = static_cast<std::ptrdiff_t>(tear) * size.width;
        std::copy(rest.begin() + start, rest.end(), pixels.begin() + start);
        ASSERT_EQ(frame_code::read(size, pixels), std::nullopt) << above << " over " << below;
      }
    }
  }
}

TEST(FrameCode, IsNeverMisreadWhereALineItselfIsTorn) {
  std::mt19937 random{19};
  const Size size{640, 480};
  const auto strip = frame_code::strip_on(size);
  for (int i = 0; i < 500; ++i) {
    const auto above = static_cast<std::uint32_t>(random());
    const auto below = static_cast<std::uint32_t>(random());
    auto pixels = screen_saying(above, size);
    const auto rest = screen_saying(below, size);
    const auto tear = static_cast<std::ptrdiff_t>(strip.box.y) * size.width +
                      static_cast<std::ptrdiff_t>(random()) % (strip.box.height * size.width);
    std::copy(rest.begin() + tear, rest.end(), pixels.begin() + tear);
    const auto number = frame_code::read(size, pixels);
    ASSERT_TRUE(!number || *number == above || *number == below);
  }
}

TEST(FrameCode, IsInEveryAnimationUnderEveryDecoration) {
  const Label long_label{{std::string(200, 'M'), std::string(200, 'M'), "x", "y"}};
  for (const PatternInfo& info : animations()) {
    for (const Size size : {Size{50, 48}, {100, 64}, {333, 211}, {200, 900}, {900, 64}}) {
      Hud animation{with_label(make_animation(info.name, size, {}), long_label), 4, 64};
      for (int line = 0; line < 4; ++line) animation.set_line(line, std::string(64, 'M'));
      for (const std::uint64_t number : {1ull, 77ull, 0x1'2345'6789ull}) {
        animation.set({number, Nanoseconds{static_cast<std::int64_t>(number)}});
        ASSERT_EQ(frame_code::read(size, frame_of(animation)), static_cast<std::uint32_t>(number))
            << info.name << ' ' << size.width << 'x' << size.height;
      }
    }
  }
}

}  // namespace
}  // namespace drmshow::testing
