#include "vkms_crc.hpp"

#include <algorithm>

namespace drmshow::golden {
namespace {

using ByteTable = std::array<std::uint32_t, 256>;

constexpr int pixel_bytes = 8;  // alpha, red, green, blue

constexpr ByteTable byte_table() {
  ByteTable table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xedb88320u : 0u);
    table[byte] = crc;
  }
  return table;
}

/// tables[n]: what a byte makes of the CRC when n zero bytes follow it.
constexpr std::array<ByteTable, pixel_bytes> shifted_tables() {
  std::array<ByteTable, pixel_bytes> tables{byte_table()};
  for (std::size_t n = 1; n < tables.size(); ++n) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t crc = tables[n - 1][byte];
      tables[n][byte] = crc >> 8 ^ tables[0][crc & 0xff];
    }
  }
  return tables;
}

constexpr auto tables = shifted_tables();

/// A channel is its byte twice, and `after` bytes of the pixel follow.
constexpr ByteTable channel_table(std::size_t after) {
  ByteTable table{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    table[byte] = tables[after + 1][byte] ^ tables[after][byte];
  }
  return table;
}

constexpr ByteTable red_table = channel_table(4);
constexpr ByteTable green_table = channel_table(2);
constexpr ByteTable blue_table = channel_table(0);
constexpr std::uint32_t opaque = channel_table(6)[0xff];

constexpr std::uint32_t after_pixel(std::uint32_t crc) {
  return tables[7][crc & 0xff] ^ tables[6][crc >> 8 & 0xff] ^ tables[5][crc >> 16 & 0xff] ^
         tables[4][crc >> 24];
}

}  // namespace

std::uint32_t vkms_crc(std::uint32_t crc, std::span<const Pixel> pixels) {
  for (const Pixel pixel : pixels) {
    const std::uint32_t own = opaque ^ red_table[pixel >> 16 & 0xff] ^
                              green_table[pixel >> 8 & 0xff] ^ blue_table[pixel & 0xff];
    crc = after_pixel(crc) ^ own;
  }
  return crc;
}

VkmsCrcs::VkmsCrcs(Size size)
    : size_{size},
      lines_(static_cast<std::size_t>(size.height)),
      row_(static_cast<std::size_t>(size.width)) {
  for (std::size_t place = 0; place < line_shift_.size(); ++place) {
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
      std::uint32_t crc = byte << 8 * place;
      for (int x = 0; x < size.width; ++x) crc = after_pixel(crc);
      line_shift_[place][byte] = crc;
    }
  }
}

std::uint32_t VkmsCrcs::after_line(std::uint32_t crc) const {
  return line_shift_[0][crc & 0xff] ^ line_shift_[1][crc >> 8 & 0xff] ^
         line_shift_[2][crc >> 16 & 0xff] ^ line_shift_[3][crc >> 24];
}

std::uint32_t VkmsCrcs::of(const Animation& animation, const Damage& damage) {
  const auto places = damage.places();
  const auto damaged = [&](int y) {
    return std::any_of(places.begin(), places.end(),
                       [y](Rect place) { return y >= place.y && y < place.bottom(); });
  };
  std::uint32_t crc = 0;
  for (int y = 0; y < size_.height; ++y) {
    auto& line = lines_[static_cast<std::size_t>(y)];
    if (damaged(y) && y > 0 && animation.repeats(y)) {
      line = lines_[static_cast<std::size_t>(y - 1)];
    } else if (damaged(y)) {
      animation.draw(y, 0, row_);
      line = vkms_crc(0, row_);
    }
    crc = after_line(crc) ^ line;
  }
  return crc;
}

}  // namespace drmshow::golden
