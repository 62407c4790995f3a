// Image decoding from hostile bytes: all rows of the file, then the way onto a screen of 64x64.
// Only Error may come out, and only for bad content.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "content/image_reader.hpp"
#include "drm-show/error.hpp"
#include "render/cpu/image_picture.hpp"

namespace {

using namespace drmshow;

// Larger pictures only take longer; the limits on size have unit tests of their own.
constexpr std::int64_t kMaxPixels = 1 << 20;

bool is_small(const ImageReader& reader) {
  return reader.size().area() <= kMaxPixels;
}

void read_all(std::span<const std::byte> bytes) {
  const auto reader = open_image_bytes(bytes, "fuzz");
  if (!is_small(*reader)) return;
  std::vector<Argb> row(static_cast<std::size_t>(reader->size().width));
  for (int y = 0; y < reader->size().height; ++y) reader->read_row(row);
}

void show(std::span<const std::byte> bytes, Fit fit) {
  constexpr Size kScreen{64, 64};
  const auto reader = open_image_bytes(bytes, "fuzz");
  if (!is_small(*reader)) return;
  const ImagePicture picture = render_image(*reader, kScreen, fit, rgb(1, 2, 3));
  std::vector<Pixel> row(static_cast<std::size_t>(kScreen.width));
  for (int y = 0; y < kScreen.height; ++y) {
    picture.draw_row(y, row);
    for (const Pixel pixel : row)
      if (pixel >> 24 != 0xff) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span{data, size});
  const Fit fits[] = {Fit::contain, Fit::cover, Fit::stretch, Fit::none};
  try {
    read_all(bytes);
    show(bytes, fits[size % std::size(fits)]);
  } catch (const Error& error) {
    if (error.failure() != Failure::bad_content) std::abort();
  }
  return 0;
}
