#include "show/screenshot.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <png.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"

namespace drmshow {
namespace {

constexpr int most_attempts = 1000;  // files of one second

struct FileCloser {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

struct Rgb {
  std::uint8_t red, green, blue;
};

Rgb from_xrgb8888(std::uint32_t pixel) {
  return {static_cast<std::uint8_t>(pixel >> 16), static_cast<std::uint8_t>(pixel >> 8),
          static_cast<std::uint8_t>(pixel)};
}

// The highest bits are repeated in the lowest, so that white is white.
Rgb from_rgb565(std::uint16_t pixel) {
  const unsigned red = pixel >> 11;
  const unsigned green = pixel >> 5 & 0x3f;
  const unsigned blue = pixel & 0x1f;
  return {static_cast<std::uint8_t>(red << 3 | red >> 2),
          static_cast<std::uint8_t>(green << 2 | green >> 4),
          static_cast<std::uint8_t>(blue << 3 | blue >> 2)};
}

template <class Packed, Rgb (*unpack)(Packed)>
void copy_line(std::span<const std::byte> line, std::span<std::byte> to) {
  for (std::size_t x = 0; x < to.size() / sizeof(Rgb); ++x) {
    Packed packed;
    std::memcpy(&packed, line.data() + x * sizeof packed, sizeof packed);
    const Rgb rgb = unpack(packed);
    std::memcpy(to.data() + x * sizeof rgb, &rgb, sizeof rgb);
  }
}

Error cannot_write(const std::filesystem::path& path, int errnum) {
  return {Failure::unexpected, fmt::format("cannot write {}", path.string()),
          "Say where screenshots may go with --screenshot-dir.", errnum};
}

std::pair<UniqueFd, std::filesystem::path> create(const std::filesystem::path& folder,
                                                  const std::string& output,
                                                  const std::tm& local_time) {
  for (int attempt = 1;; ++attempt) {
    auto path = folder / (screenshot_name(local_time, output, attempt) + ".png");
    UniqueFd fd{::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666)};
    if (fd) return {std::move(fd), std::move(path)};
    if (errno != EEXIST || attempt == most_attempts) throw cannot_write(path, errno);
  }
}

}  // namespace

// libpng says why in words, and the errno is what is left of the cause.
bool write_png(const RgbImage& image, UniqueFd fd) {
  File file{::fdopen(fd.get(), "wb")};
  if (!file) return false;
  static_cast<void>(fd.release());  // it is the file's
  png_image png{};
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(image.size.width);
  png.height = static_cast<png_uint_32>(image.size.height);
  png.format = PNG_FORMAT_RGB;
  png.flags = PNG_IMAGE_FLAG_FAST;  // whoever pressed the key watches frames stand still meanwhile
  const bool written =
      png_image_write_to_stdio(&png, file.get(), 0, image.bytes.data(), 0, nullptr) != 0;
  return std::fclose(file.release()) == 0 && written;
}

RgbImage copy_pixels(Size size, Format format, const FramebufferLine& line) {
  const std::size_t line_bytes = static_cast<std::size_t>(size.width) * sizeof(Rgb);
  RgbImage image{size, std::vector<std::byte>(line_bytes * static_cast<std::size_t>(size.height))};
  for (int y = 0; y < size.height; ++y) {
    const auto to =
        std::span{image.bytes}.subspan(static_cast<std::size_t>(y) * line_bytes, line_bytes);
    if (format == formats::rgb565) {
      copy_line<std::uint16_t, from_rgb565>(line(y), to);
    } else {
      copy_line<std::uint32_t, from_xrgb8888>(line(y), to);
    }
  }
  return image;
}

RgbImage copy_pixels(Size size, Format format, const Mapping& mapping) {
  return copy_pixels(size, format, [&](int y) { return mapping.line(y); });
}

std::string screenshot_name(const std::tm& local_time, const std::string& output, int attempt) {
  std::string name =
      fmt::format("drm-show-{:04}{:02}{:02}-{:02}{:02}{:02}-{}", local_time.tm_year + 1900,
                  local_time.tm_mon + 1, local_time.tm_mday, local_time.tm_hour, local_time.tm_min,
                  local_time.tm_sec, output);
  if (attempt > 1) name += fmt::format("-{}", attempt);
  return name;
}

std::filesystem::path save_screenshot(const RgbImage& image, const std::filesystem::path& folder,
                                      const std::string& output, const std::tm& local_time) {
  auto [fd, path] = create(folder, output, local_time);
  errno = 0;
  if (write_png(image, std::move(fd))) return path;
  const int errnum = errno;
  ::unlink(path.c_str());
  throw cannot_write(path, errnum);
}

std::filesystem::path save_screenshot(const RgbImage& image, const std::filesystem::path& folder,
                                      const std::string& output) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return save_screenshot(image, folder, output, local);
}

}  // namespace drmshow
