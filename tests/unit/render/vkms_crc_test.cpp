// The CRC of the device tests' oracle against two others.
#include "vkms_crc.hpp"

#include <zlib.h>

#include <random>

#include "animation_testing.hpp"

namespace drmshow::testing {
namespace {

/// As in drivers/gpu/drm/vkms/vkms_drv.h.
struct PixelArgbU16 {
  std::uint16_t a, r, g, b;
};

std::vector<PixelArgbU16> composed(std::span<const Pixel> pixels) {
  const auto channel = [](Pixel value) { return static_cast<std::uint16_t>((value & 0xff) * 257); };
  std::vector<PixelArgbU16> line;
  for (const Pixel p : pixels) {
    line.push_back({0xffff, channel(p >> 16), channel(p >> 8), channel(p)});
  }
  return line;
}

/// As in lib/crc32.c, one bit at a time.
std::uint32_t crc32_le(std::uint32_t crc, std::span<const std::byte> bytes) {
  for (const std::byte byte : bytes) {
    crc ^= static_cast<std::uint32_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
  }
  return crc;
}

/// zlib inverts before and after.
std::uint32_t zlib_crc32_le(std::uint32_t crc, std::span<const std::byte> bytes) {
  return ~static_cast<std::uint32_t>(::crc32(~crc & 0xffffffffu,
                                             reinterpret_cast<const Bytef*>(bytes.data()),
                                             static_cast<uInt>(bytes.size())));
}

std::vector<Pixel> noise(std::size_t count) {
  std::mt19937 random{29};
  std::vector<Pixel> pixels(count);
  for (Pixel& pixel : pixels) pixel = static_cast<Pixel>(random());
  return pixels;
}

TEST(VkmsCrc, IsTheKernelsCrc32) {
  const std::byte check[] = {std::byte{'1'}, std::byte{'2'}, std::byte{'3'}};
  EXPECT_EQ(crc32_le(~0u, check), ~0x884863d2u);  // CRC-32 of "123", uninverted
  const auto pixels = noise(1001);
  const auto line = composed(pixels);
  const auto bytes = std::as_bytes(std::span{line});
  for (const std::uint32_t begin : {0u, 1u, 0xdeadbeefu}) {
    EXPECT_EQ(golden::vkms_crc(begin, pixels), crc32_le(begin, bytes));
    EXPECT_EQ(golden::vkms_crc(begin, pixels), zlib_crc32_le(begin, bytes));
  }
}

TEST(VkmsCrc, GoesOnFromLineToLine) {
  const auto pixels = noise(200);
  const std::span all{pixels};
  EXPECT_EQ(golden::vkms_crc(golden::vkms_crc(0, all.first(77)), all.subspan(77)),
            golden::vkms_crc(0, all));
}

TEST(VkmsCrc, IsTheSameFromLinesKeptAsFromTheWholeFrame) {
  for (const auto name : subjects) {
    for (const Size size : {Size{1, 1}, {64, 48}, {149, 161}}) {
      const Subject subject{name, size};
      golden::VkmsCrcs crcs{size};
      Damage damage{size};
      damage.add_all();
      for (std::uint64_t number = 1; number < 40; ++number) {
        subject.set(moment_at(number));
        if (number > 1) subject->add_damage(moment_at(number - 1), damage);
        ASSERT_EQ(crcs.of(*subject.animation, damage),
                  golden::vkms_crc(0, frame_of(*subject.animation)))
            << name << ' ' << number;
        damage.clear();
      }
    }
  }
}

}  // namespace
}  // namespace drmshow::testing
