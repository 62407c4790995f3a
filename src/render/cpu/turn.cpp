#include "render/cpu/turn.hpp"

#include <algorithm>

namespace drmshow {

Turn::Turn(Orientation orientation, Size upright_size)
    : stored_{upright(upright_size, orientation)},  // the same swap in both directions
      origin_{0},
      to_next_column_{swaps_axes(orientation) ? upright_size.width : 1},
      to_next_row_{swaps_axes(orientation) ? 1 : upright_size.width} {
  if (reverses_columns(orientation)) {
    origin_ += to_next_column_ * (stored_.width - 1);
    to_next_column_ = -to_next_column_;
  }
  if (reverses_rows(orientation)) {
    origin_ += to_next_row_ * (stored_.height - 1);
    to_next_row_ = -to_next_row_;
  }
}

void Turn::put_row(int y, std::span<const Pixel> row, std::span<Pixel> pixels) const {
  const std::ptrdiff_t start = origin_ + y * to_next_row_;
  if (to_next_column_ == 1) {
    std::ranges::copy(row, pixels.begin() + start);
    return;
  }
  for (std::size_t x = 0; x < row.size(); ++x)
    pixels[static_cast<std::size_t>(start + static_cast<std::ptrdiff_t>(x) * to_next_column_)] =
        row[x];
}

SourceRect stored_part(const SourceRect& part, Size stored, Orientation orientation) {
  SourceRect turned = part;
  if (swaps_axes(orientation)) turned = {part.y, part.x, part.height, part.width};
  if (reverses_columns(orientation)) turned.x = stored.width - turned.x - turned.width;
  if (reverses_rows(orientation)) turned.y = stored.height - turned.y - turned.height;
  return turned;
}

}  // namespace drmshow
