#include "png_file.hpp"

#include <png.h>

#include <stdexcept>

namespace drmshow::golden {
namespace {

/// Red, green and blue only: smaller files, and no viewer asks what the transparency means.
std::vector<png_byte> packed(const Pixels& pixels) {
  std::vector<png_byte> bytes;
  bytes.reserve(3 * pixels.data.size());
  for (const Pixel pixel : pixels.data) {
    for (const int shift : {16, 8, 0})
      bytes.push_back(static_cast<png_byte>(pixel >> shift & 0xff));
  }
  return bytes;
}

png_image image_of(Size size) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(size.width);
  image.height = static_cast<png_uint_32>(size.height);
  return image;
}

[[noreturn]] void fail(const std::string& path, png_image& image) {
  const std::string message = image.message;
  png_image_free(&image);
  throw std::runtime_error(path + ": " + message);
}

}  // namespace

Pixels draw(const Picture& picture) {
  const Size size = picture.size();
  Pixels pixels{size, std::vector<Pixel>(static_cast<std::size_t>(size.area()))};
  const auto width = static_cast<std::size_t>(size.width);
  for (int y = 0; y < size.height; ++y) {
    picture.draw_row(y, {pixels.data.data() + static_cast<std::size_t>(y) * width, width});
  }
  return pixels;
}

void write_png(const std::string& path, const Picture& picture) {
  const Pixels pixels = draw(picture);
  png_image image = image_of(pixels.size);
  image.format = PNG_FORMAT_RGB;
  if (png_image_write_to_file(&image, path.c_str(), 0, packed(pixels).data(), 0, nullptr) == 0) {
    fail(path, image);
  }
}

Pixels read_png(const std::string& path) {
  png_image image = image_of({});
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0) fail(path, image);
  image.format = PNG_FORMAT_BGRA;  // a Pixel in a little-endian machine's memory
  const Size size{static_cast<int>(image.width), static_cast<int>(image.height)};
  Pixels pixels{size, std::vector<Pixel>(static_cast<std::size_t>(size.area()))};
  if (png_image_finish_read(&image, nullptr, pixels.data.data(), 0, nullptr) == 0) {
    fail(path, image);
  }
  return pixels;
}

}  // namespace drmshow::golden
