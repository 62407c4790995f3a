#include "show/screenshot.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <sys/resource.h>

#include "content/image_reader.hpp"
#include "drm-show/error.hpp"
#include "render/cpu/pixel_packing.hpp"
#include "show/screenshot_writer.hpp"

namespace drmshow {
namespace {

constexpr Size size{37, 11};

class Screenshot : public testing::Test {
 protected:
  Screenshot() {
    std::string name = testing::TempDir() + "screenshotXXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~Screenshot() override { std::filesystem::remove_all(folder_); }

  std::tm new_years_eve() const {
    std::tm time{};
    time.tm_year = 126;
    time.tm_mon = 11;
    time.tm_mday = 31;
    time.tm_hour = 23;
    time.tm_min = 5;
    time.tm_sec = 9;
    return time;
  }

  std::filesystem::path folder_;
};

Pixel pixel_at(int x, int y) {
  const auto value = static_cast<std::uint32_t>(y * size.width + x);
  return 0xff000000u | (value * 2654435761u >> 8);
}

/// A framebuffer whose lines are longer than its pixels.
template <class Packed>
struct Memory {
  static constexpr std::size_t pitch = size.width * sizeof(Packed) + 27;
  std::vector<std::byte> bytes = std::vector<std::byte>(pitch * size.height, std::byte{0x55});

  void put(int x, int y, Packed pixel) {
    std::memcpy(bytes.data() + static_cast<std::size_t>(y) * pitch +
                    static_cast<std::size_t>(x) * sizeof pixel,
                &pixel, sizeof pixel);
  }
  FramebufferLine lines() const {
    return [this](int y) {
      return std::span{bytes}.subspan(static_cast<std::size_t>(y) * pitch, pitch);
    };
  }
};

std::vector<Argb> read_back(const std::filesystem::path& file) {
  const auto reader = open_image(file);
  EXPECT_EQ(reader->size(), size);
  std::vector<Argb> pixels(static_cast<std::size_t>(size.area()));
  for (int y = 0; y < size.height; ++y) {
    reader->read_row(
        std::span{pixels}.subspan(static_cast<std::size_t>(y * size.width), size.width));
  }
  return pixels;
}

RgbImage some_image() {
  Memory<std::uint32_t> memory;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) memory.put(x, y, pixel_at(x, y));
  }
  return copy_pixels(size, formats::xrgb8888, memory.lines());
}

TEST_F(Screenshot, IsReadAsItWasWritten) {
  const auto file = save_screenshot(some_image(), folder_, "DP-1", new_years_eve());
  EXPECT_EQ(file.filename(), "drm-show-20261231-230509-DP-1.png");
  const auto pixels = read_back(file);
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      ASSERT_EQ(pixels[static_cast<std::size_t>(y * size.width + x)], pixel_at(x, y));
    }
  }
}

TEST_F(Screenshot, OfRgb565IsWhatTheDisplayMakesOfIt) {
  Memory<std::uint16_t> memory;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) memory.put(x, y, to_rgb565(pixel_at(x, y)));
  }
  memory.put(0, 0, 0xffff);
  memory.put(1, 0, 0);
  const RgbImage image = copy_pixels(size, formats::rgb565, memory.lines());
  const auto pixels = read_back(save_screenshot(image, folder_, "DP-1"));
  EXPECT_EQ(pixels[0], 0xffffffffu);
  EXPECT_EQ(pixels[1], 0xff000000u);
  for (std::size_t i = 2; i < pixels.size(); ++i) {
    const Pixel meant =
        pixel_at(static_cast<int>(i) % size.width, static_cast<int>(i) / size.width);
    ASSERT_EQ(to_rgb565(pixels[i]), to_rgb565(meant));
  }
}

TEST_F(Screenshot, NeverWritesOverAFile) {
  const auto save = [&] {
    return save_screenshot(some_image(), folder_, "DP-1", new_years_eve()).filename().string();
  };
  const std::filesystem::path there = folder_ / "drm-show-20261231-230509-DP-1-2.png";
  std::filesystem::create_symlink("/no/such/file", there);
  EXPECT_EQ(save(), "drm-show-20261231-230509-DP-1.png");
  EXPECT_EQ(save(), "drm-show-20261231-230509-DP-1-3.png");
  EXPECT_EQ(save(), "drm-show-20261231-230509-DP-1-4.png");
  EXPECT_TRUE(std::filesystem::is_symlink(there));
}

TEST_F(Screenshot, SaysWhichFileCannotBeWritten) {
  try {
    save_screenshot(some_image(), folder_ / "missing", "DP-1", new_years_eve());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.errnum(), ENOENT);
    EXPECT_NE(std::string{error.what()}.find("drm-show-20261231-230509-DP-1.png"),
              std::string::npos);
    EXPECT_FALSE(error.hint().empty());
  }
}

TEST_F(Screenshot, LeavesNoHalfAFile) {
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  const rlimit little{100, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &little);
  EXPECT_THROW(save_screenshot(some_image(), folder_, "DP-1"), Error);
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, handler);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(Screenshot, IsWrittenInAThreadOneAfterTheOther) {
  ScreenshotWriter writer;
  EXPECT_FALSE(writer.take_finished());
  EXPECT_FALSE(writer.wait_for_one());
  writer.add(some_image(), folder_, "DP-1");
  writer.add(some_image(), folder_ / "missing", "DP-1");
  writer.add(some_image(), folder_, "DP-2");
  EXPECT_GE(writer.waiting(), 2u);
  const auto first = writer.wait_for_one();
  ASSERT_TRUE(first);
  EXPECT_TRUE(std::filesystem::exists(*first));
  EXPECT_THROW(writer.wait_for_one(), Error);
  const auto last = writer.wait_for_one();
  ASSERT_TRUE(last);
  EXPECT_NE(last->native().find("DP-2"), std::string::npos) << "what fails is left out";
  EXPECT_EQ(writer.waiting(), 0u);
  EXPECT_FALSE(writer.wait_for_one());
}

}  // namespace
}  // namespace drmshow
