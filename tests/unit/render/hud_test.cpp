// The panel of --overlay: what it shows, what it leaves alone, what it cuts.
#include "render/cpu/hud.hpp"

#include <algorithm>

#include "animation_testing.hpp"

namespace drmshow::testing {
namespace {

const Size hud_screen{640, 480};

Hud hud_on_black(int lines = 4, int columns = 40, Size size = hud_screen) {
  return Hud{still_animation(make_pattern("black", size)), lines, columns};
}

std::vector<Pixel> saying(std::string_view text, int columns = 40) {
  Hud hud = hud_on_black(4, columns);
  hud.set_line(1, text);
  return frame_of(hud);
}

std::ptrdiff_t lit_pixels(const std::vector<Pixel>& frame) {
  return std::ranges::count_if(frame, [](Pixel p) { return (p >> 8 & 0xff) > 150; });
}

TEST(HudPanel, StandsTopLeftClearOfTheEdgeInTheUpperHalf) {
  for (const Size size : {Size{320, 180}, {640, 480}, {1920, 1080}, {1080, 1920}, {16384, 8192}}) {
    const Rect box = hud_on_black(4, 40, size).box();
    EXPECT_FALSE(box.size().empty());
    EXPECT_GE(box.x, std::min(size.width, size.height) / 24);
    EXPECT_EQ(box.x, box.y);
    EXPECT_LT(box.right(), size.width - box.x + 1);
    EXPECT_LE(box.bottom(), size.height / 2);
  }
}

TEST(HudPanel, ChangesNothingBesideItself) {
  Hud hud{make_animation("zone", hud_screen, {})};
  const auto plain = make_animation("zone", hud_screen, {});
  hud.set_line(0, std::string(100, 'W'));
  const auto with = frame_of(hud);
  const auto without = frame_of(*plain);
  const Rect box = hud.box();
  int changed = 0;
  for (int y = 0; y < hud_screen.height; ++y) {
    for (int x = 0; x < hud_screen.width; ++x) {
      const bool inside = x >= box.x && x < box.right() && y >= box.y && y < box.bottom();
      const bool same = pixel_at(with, hud_screen, x, y) == pixel_at(without, hud_screen, x, y);
      ASSERT_TRUE(inside || same) << x << ',' << y;
      changed += same ? 0 : 1;
    }
  }
  EXPECT_GT(changed, box.size().area() * 9 / 10);
}

TEST(HudPanel, RepeatsNoLineAtItsEdges) {
  const Hud hud{still_animation(make_pattern("white", hud_screen))};
  const auto frame = frame_of(hud);
  int repeating = 0;
  for (int y = 1; y < hud_screen.height; ++y) {
    if (!hud.repeats(y)) continue;
    ++repeating;
    const auto line = frame.begin() + std::ptrdiff_t{y} * hud_screen.width;
    ASSERT_TRUE(std::equal(line, line + hud_screen.width, line - hud_screen.width)) << y;
  }
  EXPECT_GT(repeating, hud_screen.height / 2);
}

TEST(HudPanel, ShowsEachLine) {
  Hud hud = hud_on_black();
  auto before = lit_pixels(frame_of(hud));
  for (int line = 0; line < 4; ++line) {
    hud.set_line(line, "60.00 Hz");
    const auto now = lit_pixels(frame_of(hud));
    EXPECT_GT(now, before + 40) << line;
    before = now;
  }
  for (int line = 0; line < 4; ++line) hud.set_line(line, "");
  EXPECT_EQ(frame_of(hud), frame_of(hud_on_black()));
}

TEST(HudPanel, CutsWhatDoesNotFit) {
  EXPECT_EQ(saying("0123456789abcdefgh", 16), saying("0123456789abcdef", 16));
  EXPECT_NE(saying("0123456789abcdef", 16), saying("0123456789abcde", 16));
  EXPECT_EQ(saying(std::string(100'000, 'W'), 64), saying(std::string(64, 'W'), 64));
  EXPECT_EQ(saying(std::string(100, 'W'), 100'000), saying(std::string(64, 'W'), 64));
}

TEST(HudPanel, AsksAboutWhatItCannotShow) {
  EXPECT_EQ(saying({"\x1b[2J\xff\x80\0\n\x7f", 9}), saying("?[2J?????"));
  EXPECT_EQ(saying("\u00b5s"), saying("??s"));
}

TEST(HudPanel, HasNoLinesButItsOwn) {
  Hud hud = hud_on_black(2);
  const auto empty = frame_of(hud);
  for (const int line : {-1, 2, 3, 4, 1'000'000}) hud.set_line(line, "WWWWWWWW");
  EXPECT_EQ(frame_of(hud), empty);
  EXPECT_LT(hud.box().height, hud_on_black(4).box().height);
  EXPECT_EQ(hud_on_black(9).box(), hud_on_black(4).box());
}

TEST(HudPanel, IsLeftOutWithoutRoom) {
  for (const Size size : {Size{1, 1}, {64, 48}, {640, 60}, {60, 640}}) {
    Hud hud = hud_on_black(4, 40, size);
    hud.set_line(0, "text");
    EXPECT_TRUE(hud.box().size().empty());
    EXPECT_EQ(lit_pixels(frame_of(hud)), 0);
    EXPECT_TRUE(std::ranges::all_of(frame_of(hud), [](Pixel p) { return p == rgb(0, 0, 0); }));
    Damage damage{size};
    hud.add_damage({}, damage);
    EXPECT_TRUE(damage.places().empty());
  }
  for (const auto& [lines, columns] : {std::pair{0, 40}, {-1, 40}, {4, 0}, {4, -3}}) {
    EXPECT_TRUE(hud_on_black(lines, columns).box().size().empty());
  }
}

}  // namespace
}  // namespace drmshow::testing
