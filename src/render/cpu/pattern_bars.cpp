// Colour bars. Levels are full-range 8-bit R'G'B' (0 = black, 255 = white): a display is fed full
// range, so 75 % is 191, and what the standards place below black is either lifted together with
// black (smpte) or clamped to 0 (smpte-hd).
#include <array>

#include "render/cpu/pattern_factories.hpp"
#include "render/cpu/pattern_shapes.hpp"

namespace drmshow {
namespace {

constexpr unsigned full = 255;
constexpr unsigned three_quarters = 191;  // 0.75 * 255

struct Cell {
  int parts;  // of the row's width
  Pixel colour;
};

/// Bars of unequal width; the parts may be in any unit and fill the area.
void add_cells(ShapeList& shapes, Rect area, std::span<const Cell> cells) {
  int total = 0;
  for (const Cell& cell : cells) total += cell.parts;
  int before = 0;
  for (const Cell& cell : cells) {
    const int left = area.x + fraction(area.width, before, total);
    before += cell.parts;
    const int right = area.x + fraction(area.width, before, total);
    shapes.add<Fill>(rect_between(left, area.y, right, area.bottom()), cell.colour);
  }
}

/// The part of the screen from `from` to `to`, in `parts` of its height.
Rect rows(Size size, int from, int to, int parts) {
  return rect_between(0, fraction(size.height, from, parts), size.width,
                      fraction(size.height, to, parts));
}

/// White to black in order of falling luma, ITU-R BT.471; `first` is the white bar's level.
std::array<Pixel, 8> bars_of(unsigned first, unsigned level) {
  return {gray(first),          rgb(level, level, 0), rgb(0, level, level), rgb(0, level, 0),
          rgb(level, 0, level), rgb(level, 0, 0),     rgb(0, 0, level),     black};
}

std::unique_ptr<Picture> eight_bars(Size size, unsigned first, unsigned level) {
  ShapeList shapes;
  add_columns(shapes, Rect{{}, size}, bars_of(first, level));
  return std::make_unique<ShapeScene>(size, black, std::move(shapes));
}

// SMPTE EG 1-1990 in IRE: black carries a set-up of 7.5, PLUGE is 4 IRE around it. Lifting black
// keeps "blacker than black" visible on a display that is fed full range.
constexpr Pixel setup_black = gray(19);    // 7.5 IRE
constexpr Pixel below_black = gray(9);     // 3.5 IRE
constexpr Pixel above_black = gray(29);    // 11.5 IRE
constexpr Pixel minus_i = rgb(0, 33, 76);  // -I at 20 IRE, the nearest colour in gamut
constexpr Pixel plus_q = rgb(50, 0, 106);  // +Q at 20 IRE, likewise

}  // namespace

// EG 1: bars on the upper 67 %, reverse blue bars on 8 %, -I, white, +Q and PLUGE on 25 %.
std::unique_ptr<Picture> make_smpte(Size size) {
  const auto bars = bars_of(three_quarters, three_quarters);
  const std::array<Pixel, 7> reverse{bars[6], setup_black, bars[4], setup_black,
                                     bars[2], setup_black, bars[0]};
  // In 1/84 of the width: a bar is 12, -I, white and +Q are 5/4 bar each, a PLUGE strip is 1/3 bar.
  constexpr Cell pluge[] = {{15, minus_i},     {15, white},      {15, plus_q},
                            {15, setup_black}, {4, below_black}, {4, setup_black},
                            {4, above_black},  {12, setup_black}};
  ShapeList shapes;
  add_columns(shapes, rows(size, 0, 8, 12), std::span{bars}.first(7));
  add_columns(shapes, rows(size, 8, 9, 12), reverse);
  add_cells(shapes, rows(size, 9, 12, 12), pluge);
  return std::make_unique<ShapeScene>(size, black, std::move(shapes));
}

// RP 219: side panels of 1/8 of the width, seven bars of 3/28 between them; heights 7, 1, 1 and 3
// twelfths. All cells below are in 1/168 of the width: a side panel is 21, a bar is 18. Of the
// standard's options: white in place of -I, black in place of +Q. -2 % is clamped to black.
std::unique_ptr<Picture> make_smpte_hd(Size size) {
  const auto bar = bars_of(three_quarters, three_quarters);
  constexpr Pixel gray40 = gray(102);
  constexpr Pixel gray15 = gray(38);
  const Cell first[] = {{21, gray40}, {18, bar[0]}, {18, bar[1]}, {18, bar[2]}, {18, bar[3]},
                        {18, bar[4]}, {18, bar[5]}, {18, bar[6]}, {21, gray40}};
  const Cell second[] = {
      {21, rgb(0, full, full)}, {18, white}, {108, bar[0]}, {21, rgb(0, 0, full)}};
  constexpr Cell third[] = {
      {21, rgb(full, full, 0)}, {108, black}, {18, white}, {21, rgb(full, 0, 0)}};
  constexpr Cell fourth[] = {{21, gray15},  {27, black}, {36, white},  {15, black},
                             {6, black},    {6, black},  {6, gray(5)}, {6, black},
                             {6, gray(10)}, {18, black}, {21, gray15}};
  ShapeList shapes;
  add_cells(shapes, rows(size, 0, 7, 12), first);
  add_cells(shapes, rows(size, 7, 8, 12), second);
  const Rect third_row = rows(size, 8, 9, 12);
  add_cells(shapes, third_row, third);
  shapes.add<Ramp>(rect_between(fraction(size.width, 39, 168), third_row.y,
                                fraction(size.width, 129, 168), third_row.bottom()),
                   Axis::horizontal, black, white);
  add_cells(shapes, rows(size, 9, 12, 12), fourth);
  return std::make_unique<ShapeScene>(size, black, std::move(shapes));
}

// EBU Tech 3325 / ITU-R BT.471: white 100 %, colours 75 %, black 0 %.
std::unique_ptr<Picture> make_ebu(Size size) {
  return eight_bars(size, full, three_quarters);
}

std::unique_ptr<Picture> make_bars100(Size size) {
  return eight_bars(size, full, full);
}

}  // namespace drmshow
