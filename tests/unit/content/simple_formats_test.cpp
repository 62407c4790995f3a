#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "image_samples.hpp"

namespace drmshow::test {
namespace {

using namespace std::string_literals;
using Pixels = std::vector<Argb>;

struct NetpbmCase {
  std::string header;
  Samples samples;
  Pixels pixels;
};

TEST(NetpbmReader, DecodesEveryKind) {
  const NetpbmCase cases[] = {
      {"P5 2 1 255\n", {0, 200}, {0xff000000, 0xffc8c8c8}},
      {"P5\n# made by hand\n2 # width\n1\n255\n", {1, 2}, {0xff010101, 0xff020202}},
      {"P6\t1\r\n1 255 ", {10, 35, 48}, {0xff0a2330}},
      {"P6 2 1 15\n", {0, 15, 8, 15, 99, 0}, {0xff00ff88, 0xffffff00}},
      {"P5 2 1 65535\n", {0x80, 0x80, 0xff, 0xff}, {0xff808080, 0xffffffff}},
      {"P6 1 1 256\n", {0, 0, 1, 0, 0, 128}, {0xff00ff80}},
  };
  for (const NetpbmCase& c : cases)
    EXPECT_EQ(decode(make_ppm(c.header, c.samples)), c.pixels) << c.header;
}

TEST(NetpbmReader, RefusesNonsense) {
  for (const char* header :
       {"P5 2", "P5 -2 1 255\n", "P5 2 1 0\n", "P5 2 1 70000\n", "P5 x 1 255\n",
        "P5 99999999999999999999 1 255\n", "P5 2 1 255\n", "P5 # no end"})
    EXPECT_THROW(decode(to_bytes(header)), Error) << header;
}

TEST(NetpbmReader, EveryTruncationIsAnError) {
  const Bytes ppm = make_ppm("P6 2 2 255\n", soft_samples({2, 2}, 3));
  ASSERT_NO_THROW(decode(ppm));
  for (std::size_t size = 0; size < ppm.size(); ++size)
    EXPECT_THROW(decode(std::span{ppm}.first(size)), Error) << size;
}

TEST(QoiReader, DecodesLiterals) {
  const Pixels pixels{0xff010203, 0x80fffefd, 0x00000000, 0xff010203};
  EXPECT_EQ(decode(make_qoi({2, 2}, pixels)), pixels);
}

// Chunks written out by hand from the specification.
TEST(QoiReader, DecodesEveryChunk) {
  const std::string file =
      "qoif\0\0\0\x04\0\0\0\x02\x03\0"s
      "\xfe\x0a\x14\x1e"s  // RGB 10 20 30
      "\xc1"s              // run of 2
      "\x7a"s              // diff +1 0 0
      "\xa5\x9c"s          // luma green +5, red +5+1, blue +5+4
      "\x26"s              // index 38, never set: black
      "\x09"s              // index (10*3 + 20*5 + 30*7 + 255*11) % 64: the first colour
      "\xc0"s              // run of 1
      "\0\0\0\0\0\0\0\x01"s;
  EXPECT_EQ(decode(to_bytes(file)), (Pixels{0xff0a141e, 0xff0a141e, 0xff0a141e, 0xff0b141e,
                                            0xff111927, 0xff000000, 0xff0a141e, 0xff0a141e}));
}

TEST(QoiReader, EveryTruncationIsAnError) {
  const Bytes qoi = make_qoi({2, 2}, {1, 2, 3, 4});
  ASSERT_NO_THROW(decode(qoi));
  for (std::size_t size = 0; size < qoi.size(); ++size)
    EXPECT_THROW(decode(std::span{qoi}.first(size)), Error) << size;
}

}  // namespace
}  // namespace drmshow::test
