// What holds for all formats: sniffing, limits, and files that are none.
#include "content/image_reader.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "content/image_format.hpp"
#include "drm-show/error.hpp"
#include "heap_peak.hpp"
#include "image_samples.hpp"

namespace drmshow::test {
namespace {

using namespace std::string_literals;

std::string failure_of(const auto& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::bad_content);
    return error.what();
  }
  return "nothing thrown";
}

std::string failure_to_decode(const Bytes& bytes) {
  return failure_of([&] { decode(bytes); });
}

class ImageFiles : public testing::Test {
 protected:
  ImageFiles() {
    std::string name = std::filesystem::temp_directory_path() / "drm-show-test-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~ImageFiles() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const char* name, const Bytes& bytes) const {
    std::ofstream{folder_ / name, std::ios::binary}.write(
        reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return folder_ / name;
  }

  std::filesystem::path folder_;
};

TEST_F(ImageFiles, ContentCountsNotTheName) {
  const auto path = write("photo.jpg", make_png({{2, 1}}, soft_samples({2, 1}, 3)));
  EXPECT_EQ(open_image(path)->size(), Size(2, 1));
}

TEST_F(ImageFiles, LargerThanTheBuffer) {
  const Size size{300, 200};
  const Bytes ppm = make_ppm("P6 300 200 255\n", soft_samples(size, 3));
  const auto expected = decode(ppm);
  const auto reader = open_image(write("a.ppm", ppm));
  std::vector<Argb> row(300);
  for (std::ptrdiff_t y = 0; y < 200; ++y) {
    reader->read_row(row);
    ASSERT_TRUE(std::ranges::equal(
        row, std::span{expected}.subspan(static_cast<std::size_t>(y) * 300, 300)));
  }
}

TEST_F(ImageFiles, WhatIsNoFileIsRefusedAtOnce) {
  const auto fifo = folder_ / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  const auto why = [](const std::filesystem::path& path) {
    return failure_of([&] { open_image(path); });
  };
  EXPECT_EQ(why(fifo), fifo.string() + ": is a named pipe, not a regular file");
  EXPECT_EQ(why(folder_), folder_.string() + ": is a directory, not a regular file");
  EXPECT_EQ(why("/dev/zero"), "/dev/zero: is a character device, not a regular file");
  EXPECT_EQ(why(folder_ / "gone.png"),
            (folder_ / "gone.png").string() + ": cannot be opened: No such file or directory");
  EXPECT_EQ(why(write("empty", {})), (folder_ / "empty").string() + ": is empty");
}

TEST_F(ImageFiles, PermissionDenied) {
  const auto path = write("secret.png", make_png({{1, 1}}, {1, 2, 3}));
  std::filesystem::permissions(path, std::filesystem::perms::none);
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  EXPECT_EQ(failure_of([&] { open_image(path); }),
            path.string() + ": cannot be opened: Permission denied");
}

TEST(ImageFormat, NamesWhatItIsNot) {
  struct Case {
    std::string head;
    const char* what;
  };
  const Case cases[] = {
      {"GIF89a", "a GIF image"},
      {"RIFF\x10\0\0\0WEBPVP8 "s, "a WebP image"},
      {"BM\x36\0\0\0"s, "a BMP image"},
      {"MM\0*\0\0"s, "a TIFF or raw camera image"},
      {"\0\0\0\x1c"
       "ftypavif"s,
       "an AVIF image"},
      {"\0\0\0\x1c"
       "ftypheic"s,
       "a HEIC image"},
      {"\0\0\0\x1c"
       "ftypisom"s,
       "a video"},
      {"%PDF-1.7", "a PDF document"},
      {"Hello, world\n", "a text file"},
      {"P5 is not always a picture", "a text file"},
      {"\x7f"
       "ELF\x02\x01"s,
       "not an image that drm-show knows"},
  };
  for (const Case& c : cases) EXPECT_STREQ(describe_unknown(to_bytes(c.head)), c.what) << c.head;
}

TEST(ImageReader, UnknownContentSaysWhatIsKnown) {
  EXPECT_EQ(failure_to_decode(to_bytes("Hello, world\n")),
            "sample: is a text file: drm-show knows PNG, JPEG, QOI and binary PPM and PGM");
}

Bytes png_claiming(std::uint32_t width, std::uint32_t height) {
  Bytes png = make_png({{1, 1}, 2, 8, Interlace::adam7}, {1, 2, 3});
  put_word(png, 16, width);
  put_word(png, 20, height);
  mend_ihdr(png);
  return png;
}

Bytes jpeg_claiming(std::uint16_t width, std::uint16_t height, JpegKind kind) {
  Bytes jpeg = make_jpeg({{1, 1}, 3, kind}, {1, 2, 3});
  const std::byte sof{static_cast<unsigned char>(kind == JpegKind::baseline ? 0xc0 : 0xc2)};
  std::size_t at = 2;
  while (jpeg[at + 1] != sof) ++at;
  put_word(jpeg, at + 5, std::uint32_t{height} << 16 | width);  // ITU T.81, B.2.2: Y, then X
  return jpeg;
}

Bytes png_with_exif_claiming(std::uint32_t size) {
  PngSpec spec{{1, 1}};
  spec.orientation = 6;
  Bytes png = make_png(spec, {1, 2, 3});
  put_word(png, 33, size);  // the chunk after IHDR
  return png;
}

TEST(ImageReader, LyingHeadersAreRefusedWithoutMemory) {
  const std::string limit = "sample: 60000x60000 pixels are too many: the limit is 16384x16384";
  const HeapPeak peak;
  EXPECT_EQ(failure_to_decode(png_claiming(60000, 60000)), limit);
  EXPECT_EQ(failure_to_decode(jpeg_claiming(60000, 60000, JpegKind::baseline)), limit);
  EXPECT_EQ(failure_to_decode(jpeg_claiming(60000, 60000, JpegKind::progressive)), limit);
  EXPECT_EQ(failure_to_decode(to_bytes("P6 60000 60000 255\n")), limit);
  EXPECT_EQ(failure_to_decode(make_qoi({60000, 60000}, {1})), limit);
  EXPECT_NE(failure_to_decode(png_with_exif_claiming(0x7fffffff)), "nothing thrown");
  EXPECT_LT(peak.bytes(), std::size_t{1} << 20);
}

TEST(ImageReader, EachSideIsLimited) {
  const auto error = [](std::uint32_t width, std::uint32_t height) {
    return failure_to_decode(png_claiming(width, height));
  };
  EXPECT_NE(error(16385, 1).find("16385x1 pixels are too many"), std::string::npos);
  EXPECT_NE(error(1, 16385).find("1x16385 pixels are too many"), std::string::npos);
  EXPECT_NE(error(0xffffffff, 0xffffffff).find("too many"), std::string::npos);
  EXPECT_NE(error(0, 7).find("has no pixels: 0x7"), std::string::npos);
  EXPECT_EQ(error(16384, 16384), "sample: damaged PNG: Not enough image data");  // but allowed
}

// Within the limit, but the pixels never come.
TEST(ImageReader, LargestHeaderWithoutPixelsIsAnError) {
  EXPECT_NE(failure_to_decode(jpeg_claiming(16384, 16384, JpegKind::baseline)), "nothing thrown");
  EXPECT_NE(failure_to_decode(jpeg_claiming(16384, 16384, JpegKind::progressive)),
            "nothing thrown");
}

TEST(ImageReader, LongestAndSmallestPictures) {
  for (const Size size : {Size{1, 1}, Size{16384, 1}, Size{1, 16384}}) {
    const auto count = static_cast<std::size_t>(size.area());
    const Samples rgb = soft_samples(size, 3);
    EXPECT_EQ(decode(make_png({size}, rgb)).size(), count);
    EXPECT_EQ(decode(make_png({size, 2, 8, Interlace::adam7}, rgb)).size(), count);
    EXPECT_EQ(decode(make_jpeg({size}, rgb)).size(), count);
  }
}

}  // namespace
}  // namespace drmshow::test
