#include "render/cpu/frame_painter.hpp"

#include "render/cpu/paint.hpp"
#include "render/cpu/pixel_packing.hpp"

namespace drmshow {

FramePainter::FramePainter(Size size, Format format)
    : pixel_bytes_{bits_per_pixel(format) / 8},
      row_(static_cast<std::size_t>(size.width)),
      packed_(format == formats::rgb565 ? row_.size() : 0) {}

std::span<const std::byte> FramePainter::packed_line(const Animation& animation, Rect place,
                                                     int y) {
  const std::span pixels = std::span{row_}.first(static_cast<std::size_t>(place.width));
  const bool fresh = y == place.y || !animation.repeats(y);
  if (fresh) animation.draw(y, place.x, pixels);
  if (packed_.empty()) return std::as_bytes(pixels);
  const std::span packed = std::span{packed_}.first(pixels.size());
  if (fresh) pack_rgb565(pixels, packed);
  return std::as_bytes(packed);
}

}  // namespace drmshow
