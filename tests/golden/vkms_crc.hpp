// The CRC that Linux' vkms driver reports for a CRTC (drivers/gpu/drm/vkms/vkms_composer.c:
// blend()). Pure.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "drm-show/picture.hpp"
#include "render/cpu/animation.hpp"

namespace drmshow::golden {

/// crc32_le(crc, …) of the kernel (reflected polynomial 0xEDB88320, nothing inverted) over pixels
/// as vkms composes them: 16 bits each for alpha, red, green and blue, in this order,
/// little-endian, from 8 bits times 257.
std::uint32_t vkms_crc(std::uint32_t crc, std::span<const Pixel> pixels);

/// The CRC of one frame after another, each filling the screen. Lines that did not change since the
/// last frame cost next to nothing: without inversions a CRC is linear, so that each line's own can
/// be kept and put together.
class VkmsCrcs {
 public:
  explicit VkmsCrcs(Size size);
  /// Of the frame that `animation` is set to, if only `damage` has changed since the last call.
  std::uint32_t of(const Animation& animation, const Damage& damage);

 private:
  std::uint32_t after_line(std::uint32_t crc) const;

  Size size_;
  std::vector<std::uint32_t> lines_;  // each line's own CRC
  std::vector<Pixel> row_;
  // What a line of zeros makes of a CRC, for each of its bytes.
  std::array<std::array<std::uint32_t, 256>, 4> line_shift_;
};

}  // namespace drmshow::golden
