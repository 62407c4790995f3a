#include "render/cpu/image_picture.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "render/cpu/resample.hpp"
#include "render/cpu/turn.hpp"

namespace drmshow {
namespace {

constexpr Pixel kOpaque = 0xff000000u;

// round(value / 255) for 0 <= value <= 255 * 255.
constexpr Pixel over_255(Pixel value) {
  return (value + 128 + (value + 128) / 256) / 256;
}

constexpr Pixel blend_channel(Pixel over, Pixel under, Pixel alpha, int shift) {
  const Pixel mixed = (over >> shift & 0xff) * alpha + (under >> shift & 0xff) * (255 - alpha);
  return over_255(mixed) << shift;
}

constexpr Pixel blend(Pixel over, Pixel under) {
  const Pixel alpha = over >> 24;
  return kOpaque | blend_channel(over, under, alpha, 16) | blend_channel(over, under, alpha, 8) |
         blend_channel(over, under, alpha, 0);
}

// Asks for no fewer pixels than the destination shows of `part`.
void reduce_for(ImageReader& reader, const SourceRect& part, Size dest) {
  const auto needed = [](int whole, double shown, int pixels) {
    return static_cast<int>(std::min<double>(whole, std::ceil(whole / shown * pixels)));
  };
  const Size whole = reader.original_size();
  reader.reduce({needed(whole.width, part.width, dest.width),
                 needed(whole.height, part.height, dest.height)});
}

// From pixels of the picture in the file to those that the reader gives.
SourceRect after_reduction(const SourceRect& part, const ImageReader& reader) {
  const double x = static_cast<double>(reader.size().width) / reader.original_size().width;
  const double y = static_cast<double>(reader.size().height) / reader.original_size().height;
  return {part.x * x, part.y * y, part.width * x, part.height * y};
}

// Decodes all rows: the last one tells whether the file is whole.
std::vector<Pixel> scale_rows(ImageReader& reader, const SourceRect& part, const Turn& turn,
                              Pixel background) {
  std::vector<Pixel> pixels(static_cast<std::size_t>(turn.stored().area()));
  std::vector<Pixel> source_row(static_cast<std::size_t>(reader.size().width));
  std::vector<Pixel> row(static_cast<std::size_t>(turn.stored().width));
  Resampler resampler{reader.size(), part, turn.stored()};
  for (int y = 0, out = 0; y < reader.size().height; ++y) {
    reader.read_row(source_row);
    resampler.push(source_row);
    for (; resampler.pull(row); ++out) {
      if (reader.has_alpha())
        std::ranges::transform(row, row.begin(), [=](Pixel p) { return blend(p, background); });
      turn.put_row(out, row, pixels);
    }
  }
  return pixels;
}

}  // namespace

ImagePicture::ImagePicture(Size screen, const Rect& where, std::vector<Pixel> pixels,
                           Pixel background)
    : screen_{screen},
      where_{where},
      pixels_{std::move(pixels)},
      background_{background | kOpaque} {
  assert(pixels_.size() == static_cast<std::size_t>(where_.size().area()));
}

void ImagePicture::draw_row(int y, std::span<Pixel> row) const {
  if (is_beside_image(y)) {
    std::ranges::fill(row, background_);
    return;
  }
  const auto* from = pixels_.data() + std::ptrdiff_t{y - where_.y} * where_.width;
  auto at = std::fill_n(row.begin(), where_.x, background_);
  at = std::copy_n(from, where_.width, at);
  std::fill(at, row.end(), background_);
}

bool ImagePicture::repeats_row(int y) const {
  return y > 0 && is_beside_image(y) && is_beside_image(y - 1);
}

ImagePicture render_image(ImageReader& reader, Size screen, Fit fit, Pixel background) {
  const Orientation orientation = reader.orientation();
  const Placement placement = place(fit, upright(reader.original_size(), orientation), screen);
  const Turn turn{orientation, placement.destination.size()};
  const SourceRect part = stored_part(placement.source, reader.original_size(), orientation);
  reduce_for(reader, part, turn.stored());
  auto pixels = scale_rows(reader, after_reduction(part, reader), turn, background);
  return {screen, placement.destination, std::move(pixels), background};
}

std::unique_ptr<ImagePicture> load_image_picture(const std::filesystem::path& path, Size screen,
                                                 Fit fit, Pixel background) {
  const auto reader = open_image(path);
  return std::make_unique<ImagePicture>(render_image(*reader, screen, fit, background));
}

}  // namespace drmshow
