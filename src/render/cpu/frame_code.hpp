// A frame's number in its pixels, so that whoever captures the screen (a writeback connector, a
// screendump, a camera) can tell which frame was shown, and whether it was shown whole. Pure.
//
// A black tab in the bottom left corner holds a row of cells, white for 1 and black for 0, the most
// significant bit on the left:
//
//   1010 | the number's lower 32 bits | their CRC-8 | 0101
//
// The black around the cells is as wide as a cell. A cell is a square of min(width / 240,
// height / 135) pixels, at least 2x2; where that has no room, 1 wide and 2 high. A screen narrower
// than 50 or lower than 48 pixels has no code. Each line of the cells says the number again: a
// frame torn between two of them does not decode.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "drm-show/picture.hpp"

namespace drmshow::frame_code {

inline constexpr int cell_count = 48;

/// The cells' colours in its lower 48 bits, the leftmost in the highest.
using Cells = std::uint64_t;

struct Strip {
  Rect box;   ///< with the black around the cells; empty if the screen is too small
  Size cell;  ///< pixels
  constexpr Point first() const {
    return {box.x + cell.width, box.bottom() - cell.width - cell.height};
  }
};
Strip strip_on(Size screen);

Cells encode(std::uint32_t number);
/// Nothing if the synchronising cells or the CRC are wrong.
std::optional<std::uint32_t> decode(Cells cells);

/// Draws the strip's share of `row`, the pixels from `x` on of line `y`; nothing beside the strip.
void draw(const Strip& strip, Cells cells, int y, int x, std::span<Pixel> row);
/// True if the strip's share of lines `y` > 0 and `y` - 1 is the same.
bool repeats(const Strip& strip, int y);

/// What a captured screen says; colours of 5 or 6 bits do. Nothing if there is no code, or if its
/// lines do not agree.
std::optional<std::uint32_t> read(Size screen, const std::function<Pixel(int x, int y)>& pixel);
/// The same from all the screen's pixels, line after line.
std::optional<std::uint32_t> read(Size screen, std::span<const Pixel> pixels);

}  // namespace drmshow::frame_code
