// Labels: where the plaque goes, what it leaves alone, and when there is none.
#include "pattern_testing.hpp"
#include "render/cpu/overlay.hpp"

namespace drmshow::testing {
namespace {

const Label usual{
    {"Virtual-1", "1024x768 @ 60.00 Hz", "Monitor name", "driver virtio_gpu \u00b7 card0"}};

/// The smallest rectangle that holds every pixel in which the two differ.
Rect changed(const Image& a, const Image& b) {
  int left = a.width(), top = a.height(), right = 0, bottom = 0;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) {
      if (a.at(x, y) == b.at(x, y)) continue;
      left = std::min(left, x);
      top = std::min(top, y);
      right = std::max(right, x + 1);
      bottom = std::max(bottom, y + 1);
    }
  }
  return Rect{{left, top}, {right - left, bottom - top}};
}

Rect label_box(std::string_view pattern, Size size, const Label& label) {
  return changed(Image{pattern, size}, Image{*with_label(make_pattern(pattern, size), label)});
}

TEST(Label, StandsInTheBottomMiddleClearOfTheEdges) {
  for (const Size size : {Size{320, 200}, {640, 480}, {641, 481}, {1080, 1920}, {1920, 1080}}) {
    const Rect box = label_box("white", size, usual);
    EXPECT_LE(std::abs(box.x - (size.width - box.right())), 1);
    EXPECT_GE(size.height - box.bottom(), std::min(size.width, size.height) / 16);
    EXPECT_GT(box.y, size.height / 3);
    EXPECT_GT(box.x, 0);
  }
}

TEST(Label, FitsTheCardsPlaque) {
  for (const Size size : {Size{320, 200}, {640, 480}, {1366, 768}, {1080, 1920}, {1920, 1080}}) {
    const auto card = make_pattern("card", size);
    const Rect plaque = dynamic_cast<const LabelHost&>(*card).label_area();
    const Rect box = label_box("card", size, usual);
    EXPECT_GT(box.width, plaque.width / 4);
    EXPECT_GE(box.x, plaque.x);
    EXPECT_GE(box.y, plaque.y);
    EXPECT_LE(box.right(), plaque.right());
    EXPECT_LE(box.bottom(), plaque.bottom());
  }
}

TEST(Label, IsLegible) {
  const Size size{640, 480};
  const Image image{*with_label(make_pattern("black", size), usual)};
  const auto lit = std::count_if(image.pixels.data.begin(), image.pixels.data.end(),
                                 [](Pixel p) { return (p & 0xff) > 200; });
  EXPECT_GT(lit, 1000);
}

TEST(Label, GrowsWithTheScreen) {
  const Rect small = label_box("white", {640, 480}, usual);
  const Rect large = label_box("white", {2560, 1920}, usual);
  EXPECT_NEAR(large.height, 4 * small.height, small.height / 2.0);
}

TEST(Label, DisappearsFromTinyScreens) {
  for (const Size size : {Size{1, 1}, {2, 9}, {9, 2}, {16, 16}, {40, 10}, {20, 300}}) {
    for (const char* pattern : {"card", "white"}) {
      auto picture = make_pattern(pattern, size);
      const Picture* const plain = picture.get();
      EXPECT_EQ(with_label(std::move(picture), usual).get(), plain) << pattern;
    }
  }
}

TEST(Label, DisappearsWithoutLines) {
  auto picture = make_pattern("grid", {640, 480});
  const Picture* const plain = picture.get();
  EXPECT_EQ(with_label(std::move(picture), Label{}).get(), plain);
}

TEST(Label, KeepsToTheScreenWhateverItsText) {
  Label hostile{{std::string(100000, 'W'), "\xff\xfe\x80 \x1b[2J", "", "\u202eevil"}};
  for (int i = 0; i < 200; ++i) hostile.lines.emplace_back("line");
  for (const char* pattern : {"card", "white"}) {
    for (const Size size : {Size{160, 120}, {640, 480}, {100, 1000}, {1000, 100}}) {
      const Rect box = label_box(pattern, size, hostile);
      EXPECT_GT(box.x, 0);
      EXPECT_GT(box.y, 0);
      EXPECT_LT(box.right(), size.width);
      EXPECT_LT(box.bottom(), size.height);
    }
  }
}

}  // namespace
}  // namespace drmshow::testing
