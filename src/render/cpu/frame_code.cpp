#include "render/cpu/frame_code.hpp"

#include <algorithm>

#include "render/cpu/pattern_scene.hpp"
#include "render/cpu/pattern_shapes.hpp"

namespace drmshow::frame_code {
namespace {

constexpr Cells leading_sync = 0b1010;
constexpr Cells trailing_sync = 0b0101;
constexpr int trailing_bits = 4;
constexpr int crc_bits = 8;

constexpr int brightest_black = 0x3f;  // of any channel; what lies between is neither
constexpr int darkest_white = 0xc0;

Size cell_on(Size screen) {
  const int side = std::min(screen.width / 240, screen.height / 135);
  if (side >= 2) return {side, side};
  if (screen.width >= 2 * (cell_count + 2) && screen.height >= 64) return {2, 2};
  if (screen.width >= cell_count + 2 && screen.height >= 48) return {1, 2};
  return {};
}

/// Polynomial x^8 + x^2 + x + 1 and ones to begin with, so that neither 0 nor a burst goes unseen.
std::uint8_t crc8(std::uint32_t number) {
  unsigned crc = 0xff;
  for (int bit = 31; bit >= 0; --bit) {
    const bool carry = (crc >> 7 & 1) != (number >> bit & 1);
    crc = (crc << 1 & 0xff) ^ (carry ? 0x07u : 0u);
  }
  return static_cast<std::uint8_t>(crc);
}

bool is_white(Cells cells, int index) {
  return (cells >> (cell_count - 1 - index) & 1) != 0;
}

std::optional<bool> bit_of(Pixel pixel) {
  const auto channels = {pixel >> 16 & 0xff, pixel >> 8 & 0xff, pixel & 0xff};
  const auto [least, most] = std::minmax_element(channels.begin(), channels.end());
  if (*least >= darkest_white) return true;
  if (*most <= brightest_black) return false;
  return std::nullopt;
}

std::optional<Cells> read_line(const Strip& strip, int y,
                               const std::function<Pixel(int, int)>& pixel) {
  Cells cells = 0;
  for (int i = 0; i < cell_count; ++i) {
    const auto bit =
        bit_of(pixel(strip.first().x + i * strip.cell.width + strip.cell.width / 2, y));
    if (!bit) return std::nullopt;
    cells = cells << 1 | (*bit ? 1u : 0u);
  }
  return cells;
}

bool holds_cells(const Strip& strip, int y) {
  return y >= strip.first().y && y < strip.first().y + strip.cell.height;
}

}  // namespace

Strip strip_on(Size screen) {
  const Size cell = cell_on(screen);
  if (cell.empty()) return {};
  const Size box{(cell_count + 2) * cell.width, cell.height + 2 * cell.width};
  return {Rect{{0, screen.height - box.height}, box}, cell};
}

Cells encode(std::uint32_t number) {
  return (leading_sync << 32 | number) << (crc_bits + trailing_bits) |
         Cells{crc8(number)} << trailing_bits | trailing_sync;
}

std::optional<std::uint32_t> decode(Cells cells) {
  const auto number = static_cast<std::uint32_t>(cells >> (crc_bits + trailing_bits));
  if (cells != encode(number)) return std::nullopt;
  return number;
}

void draw(const Strip& strip, Cells cells, int y, int x, std::span<Pixel> row) {
  if (y < strip.box.y || y >= strip.box.bottom()) return;
  const RowClip clip{row, x};
  clip.fill(strip.box.x, strip.box.right(), black);
  if (!holds_cells(strip, y)) return;
  for (int i = 0; i < cell_count; ++i) {
    const int left = strip.first().x + i * strip.cell.width;
    if (is_white(cells, i)) clip.fill(left, left + strip.cell.width, white);
  }
}

bool repeats(const Strip& strip, int y) {
  if (strip.box.size().empty() || y < strip.box.y) return true;
  return y > strip.box.y && holds_cells(strip, y) == holds_cells(strip, y - 1);
}

std::optional<std::uint32_t> read(Size screen, const std::function<Pixel(int x, int y)>& pixel) {
  const Strip strip = strip_on(screen);
  if (strip.box.size().empty()) return std::nullopt;
  const int top = strip.first().y;
  const auto cells = read_line(strip, top, pixel);
  for (int y = top + 1; y < top + strip.cell.height; ++y) {
    if (read_line(strip, y, pixel) != cells) return std::nullopt;
  }
  return cells ? decode(*cells) : std::nullopt;
}

std::optional<std::uint32_t> read(Size screen, std::span<const Pixel> pixels) {
  return read(screen, [&](int x, int y) {
    return pixels[static_cast<std::size_t>(std::int64_t{y} * screen.width + x)];
  });
}

}  // namespace drmshow::frame_code
