#include "render/cpu/pattern_scene.hpp"

#include <algorithm>
#include <cstddef>

namespace drmshow {
namespace {

// Blocks of constant length: what gcc vectorises at -O2.
constexpr std::size_t fill_block = 16;

void fill_pixels(std::span<Pixel> pixels, Pixel colour) {
  std::size_t i = 0;
  for (; i + fill_block <= pixels.size(); i += fill_block) {
    Pixel* const block = pixels.data() + i;
    for (std::size_t k = 0; k < fill_block; ++k) block[k] = colour;
  }
  for (; i < pixels.size(); ++i) pixels[i] = colour;
}

std::vector<int> band_tops(int height, const ShapeList& shapes) {
  std::vector<int> tops{0};
  for (const auto& shape : shapes.all()) {
    for (const int y : {shape->top(), shape->bottom()}) {
      if (y > 0 && y < height) tops.push_back(y);
    }
  }
  std::sort(tops.begin(), tops.end());
  tops.erase(std::unique(tops.begin(), tops.end()), tops.end());
  return tops;
}

}  // namespace

RowClip RowClip::narrowed(int left, int right) const {
  RowClip clip{*this};
  clip.left_ = std::clamp(left, left_, right_);
  clip.right_ = std::clamp(right, clip.left_, right_);
  return clip;
}

std::span<Pixel> RowClip::window(int left, int right) const {
  const RowClip clip = narrowed(left, right);
  return row_.subspan(static_cast<std::size_t>(clip.left_ - first_),
                      static_cast<std::size_t>(clip.right_ - clip.left_));
}

void RowClip::fill(int left, int right, Pixel colour) const {
  fill_pixels(window(left, right), colour);
}

void RowClip::copy(int left, std::span<const Pixel> line) const {
  const RowClip clip = narrowed(left, left + static_cast<int>(line.size()));
  const auto target = window(clip.left_, clip.right_);
  if (target.empty()) return;
  std::copy_n(line.begin() + (clip.left_ - left), target.size(), target.begin());
}

void RowClip::blend(int x, Pixel colour, unsigned alpha) const {
  if (alpha == 0 || x < left_ || x >= right_) return;
  Pixel& pixel = row_[static_cast<std::size_t>(x - first_)];
  pixel = alpha == 255 ? colour : mix(pixel, colour, alpha);
}

void RowClip::stamp(int left, std::span<const std::uint8_t> coverage, Pixel colour) const {
  const RowClip clip = narrowed(left, left + static_cast<int>(coverage.size()));
  const auto target = window(clip.left_, clip.right_);
  if (target.empty()) return;
  const std::uint8_t* const line = coverage.data() + (clip.left_ - left);
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (line[i] == 255) {
      target[i] = colour;
    } else if (line[i] != 0) {
      target[i] = mix(target[i], colour, line[i]);
    }
  }
}

ShapeScene::ShapeScene(Size size, Pixel background, ShapeList shapes)
    : size_{size}, background_{background}, shapes_{std::move(shapes)} {
  for (const int top : band_tops(size.height, shapes_)) {
    Band band{top, {}};
    for (const auto& shape : shapes_.all()) {
      if (shape->covers(top)) band.shapes.push_back(shape.get());
    }
    bands_.push_back(std::move(band));
  }
}

const ShapeScene::Band& ShapeScene::band_at(int y) const {
  const auto above = [](int line, const Band& band) { return line < band.top; };
  return *std::prev(std::upper_bound(bands_.begin(), bands_.end(), y, above));
}

void ShapeScene::draw(int y, int x, std::span<Pixel> row) const {
  fill_pixels(row, background_);
  for (const Shape* shape : band_at(y).shapes) shape->draw(y, RowClip{row, x});
}

bool ShapeScene::repeats_row(int y) const {
  const Band& band = band_at(y);
  return y > band.top && std::all_of(band.shapes.begin(), band.shapes.end(),
                                     [y](const Shape* shape) { return shape->repeats(y); });
}

}  // namespace drmshow
