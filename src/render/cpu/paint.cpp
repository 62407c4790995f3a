#include "render/cpu/paint.hpp"

#include <cassert>
#include <cstring>
#include <span>
#include <vector>

namespace drmshow {
namespace {

constexpr std::uint16_t to_rgb565(Pixel pixel) {
  return static_cast<std::uint16_t>((pixel >> 8 & 0xf800) | (pixel >> 5 & 0x07e0) |
                                    (pixel >> 3 & 0x001f));
}

void pack_rgb565(std::span<const Pixel> row, std::span<std::uint16_t> packed) {
  for (std::size_t i = 0; i < row.size(); ++i) packed[i] = to_rgb565(row[i]);
}

}  // namespace

unsigned bits_per_pixel(Format format) {
  return format == formats::rgb565 ? 16 : 32;
}

void paint(const Picture& picture, const Mapping& mapping, Format format) {
  const Size size = picture.size();
  std::vector<Pixel> row(static_cast<std::size_t>(size.width));
  std::vector<std::uint16_t> packed(format == formats::rgb565 ? row.size() : 0);
  for (int y = 0; y < size.height; ++y) {
    if (y == 0 || !picture.repeats_row(y)) {
      picture.draw_row(y, row);
      if (!packed.empty()) pack_rgb565(row, packed);
    }
    const auto source =
        packed.empty() ? std::as_bytes(std::span{row}) : std::as_bytes(std::span{packed});
    const auto line = mapping.line(y);
    assert(source.size() <= line.size());
    std::memcpy(line.data(), source.data(), source.size());
  }
}

}  // namespace drmshow
