// A small picture of 8-bit coverage (0 = nothing, 255 = fully covered): text, icons, rounded boxes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "drm-show/geometry.hpp"

namespace drmshow {

struct Mask {
  Size size;
  std::vector<std::uint8_t> coverage;  // size.area() bytes, line after line

  Mask() = default;
  explicit Mask(Size s) : size{s}, coverage(s.empty() ? 0 : static_cast<std::size_t>(s.area())) {}

  std::span<const std::uint8_t> row(int y) const { return {coverage.data() + start(y), length()}; }
  std::span<std::uint8_t> row(int y) { return {coverage.data() + start(y), length()}; }

 private:
  std::size_t start(int y) const { return static_cast<std::size_t>(y) * length(); }
  std::size_t length() const { return static_cast<std::size_t>(size.width); }
};

}  // namespace drmshow
