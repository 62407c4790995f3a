#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "image_samples.hpp"

namespace drmshow::test {
namespace {

constexpr Size kPair{2, 1};

struct FormatCase {
  const char* name;
  PngSpec spec;
  Samples row;
  std::vector<Argb> pixels;
};

const FormatCase kFormats[] = {
    {"gray1", {{3, 1}, 0, 1}, {0b10100000}, {0xffffffff, 0xff000000, 0xffffffff}},
    {"gray2", {kPair, 0, 2}, {0b01100000}, {0xff555555, 0xffaaaaaa}},
    {"gray4", {kPair, 0, 4}, {0x1f}, {0xff111111, 0xffffffff}},
    {"gray8", {kPair, 0, 8}, {0x12, 0xfe}, {0xff121212, 0xfefefefe | 0xff000000}},
    {"gray16", {kPair, 0, 16}, {0x12, 0x34, 0xff, 0x40}, {0xff121212, 0xfffefefe}},
    {"gray8 key",
     {kPair, 0, 8, Interlace::none, {}, {}, 0x12},
     {0x12, 0x13},
     {0x00121212, 0xff131313}},
    {"rgb8", {kPair, 2, 8}, {1, 2, 3, 254, 253, 252}, {0xff010203, 0xfffefdfc}},
    {"rgb8 key",
     {kPair, 2, 8, Interlace::none, {}, {}, 7},
     {7, 7, 7, 7, 7, 8},
     {0x00070707, 0xff070708}},
    {"rgb16", {{1, 1}, 2, 16}, {0x80, 0x80, 0x00, 0x00, 0xff, 0xff}, {0xff8000ff}},
    {"palette1",
     {kPair, 3, 1, Interlace::none, {9, 8, 7, 6, 5, 4}},
     {0x40},
     {0xff090807, 0xff060504}},
    {"palette8",
     {kPair, 3, 8, Interlace::none, {9, 8, 7, 6, 5, 4}, {0x80}},
     {0, 1},
     {0x80090807, 0xff060504}},
    {"gray alpha8", {kPair, 4, 8}, {5, 0, 6, 0xff}, {0x00050505, 0xff060606}},
    {"gray alpha16", {{1, 1}, 4, 16}, {5, 5, 0x80, 0x80}, {0x80050505}},
    {"rgb alpha8", {kPair, 6, 8}, {1, 2, 3, 4, 5, 6, 7, 8}, {0x04010203, 0x08050607}},
    {"rgb alpha16", {{1, 1}, 6, 16}, {1, 1, 2, 2, 3, 3, 4, 4}, {0x04010203}},
};

TEST(PngReader, DecodesEveryPixelFormat) {
  for (const FormatCase& c : kFormats)
    EXPECT_EQ(decode(make_png(c.spec, c.row)), c.pixels) << c.name;
}

TEST(PngReader, TellsAlpha) {
  for (const FormatCase& c : kFormats) {
    const Bytes png = make_png(c.spec, c.row);
    const bool expected =
        c.spec.colour_type >= 4 || c.spec.transparent >= 0 || !c.spec.palette_alpha.empty();
    EXPECT_EQ(open_image_bytes(png, "x")->has_alpha(), expected) << c.name;
  }
}

TEST(PngReader, InterlacedEqualsPlain) {
  for (const Size size : {Size{1, 1}, Size{3, 2}, Size{8, 8}, Size{13, 17}, Size{1, 20}}) {
    const Samples samples = soft_samples(size, 4);
    const auto plain = decode(make_png({size, 6, 8}, samples));
    EXPECT_EQ(decode(make_png({size, 6, 8, Interlace::adam7}, samples)), plain)
        << size.width << "x" << size.height;
  }
}

TEST(PngReader, HonoursOrientation) {
  for (int value = 1; value <= 8; ++value) {
    PngSpec spec{kPair};
    spec.orientation = value;
    const Bytes png = make_png(spec, soft_samples(kPair, 3));
    EXPECT_EQ(open_image_bytes(png, "x")->orientation(), Orientation{value});
  }
}

TEST(PngReader, EveryTruncationIsAnError) {
  for (const Interlace interlace : {Interlace::none, Interlace::adam7}) {
    const Bytes png = make_png({{5, 4}, 6, 8, interlace}, soft_samples({5, 4}, 4));
    ASSERT_NO_THROW(decode(png));
    for (std::size_t size = 0; size < png.size(); ++size)
      EXPECT_THROW(decode(std::span{png}.first(size)), Error) << size << " of " << png.size();
  }
}

TEST(PngReader, EveryFlippedByteIsAnErrorOrHarmless) {
  const Bytes png = make_png({{5, 4}, 3, 2, Interlace::none, {1, 2, 3, 4, 5, 6}, {9}},
                             Samples{0x11, 0, 0x44, 0, 0x11, 0, 0x10, 0});
  const auto sound = decode(png);
  for (std::size_t at = 0; at < png.size(); ++at) {
    Bytes damaged = png;
    damaged[at] ^= std::byte{0x55};
    try {
      EXPECT_EQ(decode(damaged), sound) << "byte " << at;
    } catch (const Error& error) {
      EXPECT_EQ(error.failure(), Failure::bad_content);
    }
  }
}

TEST(PngReader, ReasonComesFromTheLibrary) {
  Bytes png = make_png({kPair}, soft_samples(kPair, 3));
  png[29] ^= std::byte{1};
  try {
    decode(png);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "sample: damaged PNG: IHDR: CRC error");
    EXPECT_FALSE(error.hint().empty());
  }
}

}  // namespace
}  // namespace drmshow::test
