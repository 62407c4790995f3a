// What comes into the framebuffer, what does not, and that nothing is allocated on the way.
#include "render/cpu/frame_painter.hpp"

#include <algorithm>
#include <map>

#include "animation_testing.hpp"
#include "heap_peak.hpp"

namespace drmshow::testing {
namespace {

constexpr std::byte untouched{0xa5};
constexpr std::size_t slack = 24;  // bytes of a line that are beyond the picture

/// Memory like a framebuffer's, whose lines are longer than the picture is wide.
class FakeFramebuffer {
 public:
  FakeFramebuffer(Size size, std::size_t pixel_bytes)
      : pitch_{static_cast<std::size_t>(size.width) * pixel_bytes + slack},
        bytes_(pitch_ * static_cast<std::size_t>(size.height), untouched) {}

  std::span<std::byte> line(int y) {
    return std::span{bytes_}.subspan(static_cast<std::size_t>(y) * pitch_, pitch_);
  }
  template <class Word>
  Word word(int x, int y) {
    Word value;
    std::memcpy(&value, line(y).data() + static_cast<std::size_t>(x) * sizeof value, sizeof value);
    return value;
  }
  bool slack_untouched(int y) {
    return std::ranges::all_of(line(y).last(slack), [](std::byte b) { return b == untouched; });
  }

 private:
  std::size_t pitch_;
  std::vector<std::byte> bytes_;
};

bool in_places(const Damage& damage, int x, int y) {
  return std::ranges::any_of(damage.places(), [=](Rect place) {
    return x >= place.x && x < place.right() && y >= place.y && y < place.bottom();
  });
}

std::uint16_t as_rgb565(Pixel pixel) {
  const unsigned red = (pixel >> 16 & 0xff) / 8;
  const unsigned green = (pixel >> 8 & 0xff) / 4;
  const unsigned blue = (pixel & 0xff) / 8;
  return static_cast<std::uint16_t>(red * 2048 + green * 32 + blue);
}

template <class Word>
void expect_painted(std::string_view name, Format format, Word (*packed)(Pixel)) {
  for (const Size size : {Size{1, 1}, {17, 13}, {320, 180}}) {
    const Subject subject{name, size};
    subject.set(moment_at(50));
    Damage damage{size};
    damage.add({{size.width / 3, size.height / 4}, {size.width / 2, size.height / 2}});
    damage.add({{0, size.height - 1}, {size.width / 5 + 1, 1}});
    FakeFramebuffer framebuffer{size, sizeof(Word)};
    FramePainter painter{size, format};
    painter.paint(*subject.animation, damage, [&](int y) { return framebuffer.line(y); });
    const auto frame = frame_of(*subject.animation);
    Word nothing;
    std::memset(&nothing, static_cast<int>(untouched), sizeof nothing);
    for (int y = 0; y < size.height; ++y) {
      ASSERT_TRUE(framebuffer.slack_untouched(y));
      for (int x = 0; x < size.width; ++x) {
        const Word wanted = in_places(damage, x, y) ? packed(pixel_at(frame, size, x, y)) : nothing;
        ASSERT_EQ(framebuffer.template word<Word>(x, y), wanted) << name << ' ' << x << ',' << y;
      }
    }
  }
}

TEST(FramePainter, WritesWhatIsDamagedAndNothingElse) {
  for (const auto name : subjects) {
    expect_painted<Pixel>(name, formats::xrgb8888, [](Pixel pixel) { return pixel; });
    expect_painted<std::uint16_t>(name, formats::rgb565, as_rgb565);
  }
}

TEST(FramePainter, GoesTopDownAndAsksForEachLineOnce) {
  const Size size{64, 48};
  const Subject subject{"scroll", size};
  Damage damage{size};
  damage.add({{3, 7}, {40, 30}});
  FakeFramebuffer framebuffer{size, 4};
  FramePainter painter{size, formats::xrgb8888};
  std::vector<int> lines;
  painter.paint(*subject.animation, damage, [&](int y) {
    lines.push_back(y);
    return framebuffer.line(y);
  });
  EXPECT_EQ(lines.size(), 30u);
  EXPECT_EQ(lines.front(), 7);
  EXPECT_TRUE(std::ranges::is_sorted(lines));
}

/// Bytes asked of the heap by a second of frames, the first few not counted.
std::size_t heap_of_a_second(const Subject& subject, Format format, Size size) {
  FakeFramebuffer framebuffer{size, 4};
  FramePainter painter{size, format};
  Damage damage{size};
  const auto show = [&](std::uint64_t number) {
    subject.set(moment_at(number));
    damage.clear();
    subject->add_damage(moment_at(number - 1), damage);
    painter.paint(*subject.animation, damage, [&](int y) { return framebuffer.line(y); });
  };
  for (std::uint64_t number = 2; number < 5; ++number) show(number);
  const test::HeapPeak heap;
  for (std::uint64_t number = 5; number < 65; ++number) show(number);
  return heap.bytes();
}

TEST(FramePainter, AsksNothingOfTheHeapWhileFramesGoBy) {
  for (const auto name : subjects) {
    for (const Format format : {formats::xrgb8888, formats::rgb565}) {
      EXPECT_EQ(heap_of_a_second(Subject{name, {320, 180}}, format, {320, 180}), 0u) << name;
    }
  }
}

TEST(HeapPeak, WouldHaveNoticed) {
  const test::HeapPeak heap;
  const auto one = std::make_unique<std::array<char, 100>>();
  const std::size_t bytes = heap.bytes();
  EXPECT_GE(bytes, one->size());
}

}  // namespace
}  // namespace drmshow::testing
