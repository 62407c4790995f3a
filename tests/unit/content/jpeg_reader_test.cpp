#include <cstdlib>

#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "image_samples.hpp"

namespace drmshow::test {
namespace {

constexpr Size kSmall{16, 8};

int largest_difference(Argb a, Argb b) {
  int largest = 0;
  for (const int shift : {24, 16, 8, 0})
    largest = std::max(largest, std::abs(static_cast<int>(a >> shift & 0xff) -
                                         static_cast<int>(b >> shift & 0xff)));
  return largest;
}

Samples filled(Size size, const Samples& pixel) {
  Samples samples;
  for (std::int64_t i = 0; i < size.area(); ++i)
    samples.insert(samples.end(), pixel.begin(), pixel.end());
  return samples;
}

struct ColourCase {
  const char* name;
  JpegSpec spec;
  Samples pixel;
  Argb expected;
};

const ColourCase kColours[] = {
    {"gray", {kSmall, 1}, {77}, 0xff4d4d4d},
    {"red", {kSmall, 3}, {255, 0, 0}, 0xffff0000},
    {"teal", {kSmall, 3}, {0, 128, 128}, 0xff008080},
    {"progressive", {kSmall, 3, JpegKind::progressive}, {10, 20, 200}, 0xff0a14c8},
    // Adobe: 255 is no ink.
    {"Adobe CMYK", {kSmall, 4}, {255, 0, 0, 255}, 0xffff0000},
    {"Adobe CMYK, half black", {kSmall, 4}, {255, 255, 0, 128}, 0xff808000},
    {"Adobe YCCK", {kSmall, 4, JpegKind::baseline, Adobe::marker, 1}, {0, 255, 0, 255}, 0xff00ff00},
    {"plain CMYK", {kSmall, 4, JpegKind::baseline, Adobe::no_marker}, {0, 255, 255, 0}, 0xffff0000},
    {"plain CMYK, black",
     {kSmall, 4, JpegKind::baseline, Adobe::no_marker},
     {0, 0, 0, 255},
     0xff000000},
};

TEST(JpegReader, DecodesEveryColourSpace) {
  for (const ColourCase& c : kColours)
    for (const Argb pixel : decode(make_jpeg(c.spec, filled(c.spec.size, c.pixel))))
      EXPECT_LE(largest_difference(pixel, c.expected), 3) << c.name << std::hex << " " << pixel;
}

TEST(JpegReader, ProgressiveEqualsBaseline) {
  const Size size{37, 21};
  const Samples samples = soft_samples(size, 3);
  EXPECT_EQ(decode(make_jpeg({size, 3, JpegKind::progressive}, samples)),
            decode(make_jpeg({size, 3, JpegKind::baseline}, samples)));
}

TEST(JpegReader, IsOpaque) {
  const Bytes jpeg = make_jpeg({kSmall}, soft_samples(kSmall, 3));
  EXPECT_FALSE(open_image_bytes(jpeg, "x")->has_alpha());
}

TEST(JpegReader, ReadsOrientationInBothByteOrders) {
  for (const ByteOrder order : {ByteOrder::intel, ByteOrder::motorola})
    for (int value = 0; value <= 9; ++value) {
      JpegSpec spec{kSmall};
      const Bytes exif = exif_marker(value, order);
      spec.exif = exif;
      const Bytes jpeg = make_jpeg(spec, soft_samples(kSmall, 3));
      const auto reader = open_image_bytes(jpeg, "x");
      const bool known = value >= 1 && value <= 8;
      EXPECT_EQ(reader->orientation(), known ? Orientation{value} : Orientation::top_left);
      EXPECT_EQ(reader->upright_size(), value >= 5 && known ? Size(8, 16) : kSmall);
    }
}

TEST(JpegReader, DamagedExifIsIgnored) {
  const Bytes sound = exif_marker(6);
  for (std::size_t at = 6; at < sound.size(); ++at)
    for (const unsigned value : {0x00u, 0x7fu, 0xffu}) {
      JpegSpec spec{kSmall};
      Bytes damaged = sound;
      damaged[at] = static_cast<std::byte>(value);
      spec.exif = damaged;
      EXPECT_NO_THROW(decode(make_jpeg(spec, soft_samples(kSmall, 3)))) << at;
    }
}

TEST(JpegReader, EveryTruncationIsAnError) {
  for (const JpegKind kind :
       {JpegKind::baseline, JpegKind::progressive, JpegKind::scan_per_channel}) {
    const Bytes jpeg = make_jpeg({kSmall, 3, kind}, soft_samples(kSmall, 3));
    ASSERT_NO_THROW(decode(jpeg));
    for (std::size_t size = 0; size < jpeg.size(); ++size)
      EXPECT_THROW(decode(std::span{jpeg}.first(size)), Error) << size << " of " << jpeg.size();
  }
}

TEST(JpegReader, TrailingBytesAreNoError) {
  Bytes jpeg = make_jpeg({kSmall}, soft_samples(kSmall, 3));
  jpeg.resize(jpeg.size() + 1000);
  EXPECT_NO_THROW(decode(jpeg));
}

struct ReduceCase {
  Size at_least;
  Size expected;
};

TEST(JpegReader, ReducesToNoLessThanWanted) {
  const Size size{100, 60};
  const Bytes jpeg = make_jpeg({size}, filled(size, {40, 80, 120}));
  const ReduceCase cases[] = {
      {{100, 60}, {100, 60}}, {{51, 30}, {100, 60}}, {{50, 30}, {50, 30}},
      {{50, 31}, {100, 60}},  {{26, 1}, {50, 30}},   {{25, 15}, {25, 15}},
      {{13, 8}, {13, 8}},     {{1, 1}, {13, 8}},     {{500, 1}, {100, 60}},
  };
  for (const ReduceCase& c : cases) {
    const auto reader = open_image_bytes(jpeg, "x");
    reader->reduce(c.at_least);
    EXPECT_EQ(reader->size(), c.expected) << c.at_least.width << "x" << c.at_least.height;
    EXPECT_EQ(reader->original_size(), size);
    std::vector<Argb> row(static_cast<std::size_t>(c.expected.width));
    for (int y = 0; y < c.expected.height; ++y) {
      reader->read_row(row);
      for (const Argb pixel : row) EXPECT_LE(largest_difference(pixel, 0xff285078), 3);
    }
  }
}

// A picture in several scans may repeat them at will, and each goes over the whole picture.
TEST(JpegReader, EndlessScansEnd) {
  const Size size{2048, 2048};
  const Bytes jpeg = make_jpeg({size, 3, JpegKind::scan_per_channel},
                               Samples(static_cast<std::size_t>(size.area() * 3)));
  ASSERT_NO_THROW(decode(jpeg));
  std::size_t last = jpeg.size() - 4;  // the last scan: from its SOS marker up to EOI
  while (jpeg[last] != std::byte{0xff} || jpeg[last + 1] != std::byte{0xda}) --last;
  const Bytes scan{jpeg.begin() + static_cast<std::ptrdiff_t>(last), jpeg.end() - 2};
  Bytes bomb{jpeg.begin(), jpeg.end() - 2};
  for (int i = 0; i < 1000; ++i) bomb.insert(bomb.end(), scan.begin(), scan.end());
  try {
    decode(bomb);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "sample: damaged JPEG: too many scans");
  }
}

}  // namespace
}  // namespace drmshow::test
