// Draws the damaged places of an animation into framebuffers. Their memory is write-combined on
// real hardware: it is written in spans, from the top of each place down, and never read. All
// drawing and blending happens in a line of ours that sits in the cache.
#pragma once

#include <cassert>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/format.hpp"
#include "render/cpu/animation.hpp"

namespace drmshow {

/// One thread at a time, for each painter; several may draw the same animation.
class FramePainter {
 public:
  /// `format`: one of paintable_formats.
  FramePainter(Size size, Format format);

  /// Writes the places in `damage` of the frame that `animation` is set to. `line(y)` gives the
  /// bytes of line `y` of a framebuffer in our size and format, as std::span<std::byte>. Allocates
  /// nothing.
  template <class LineAccess>
  void paint(const Animation& animation, const Damage& damage, const LineAccess& line);
  void paint(const Animation& animation, const Damage& damage, const Mapping& mapping) {
    paint(animation, damage, [&](int y) { return mapping.line(y); });
  }

 private:
  /// The bytes of line `y` of `place`, which are ours till the next call.
  std::span<const std::byte> packed_line(const Animation& animation, Rect place, int y);

  std::size_t pixel_bytes_;
  std::vector<Pixel> row_;
  std::vector<std::uint16_t> packed_;  // empty unless the format is RGB565
};

template <class LineAccess>
void FramePainter::paint(const Animation& animation, const Damage& damage, const LineAccess& line) {
  for (const Rect place : damage.places()) {
    for (int y = place.y; y < place.bottom(); ++y) {
      const auto bytes = packed_line(animation, place, y);
      const std::span<std::byte> whole = line(y);
      const std::size_t start = static_cast<std::size_t>(place.x) * pixel_bytes_;
      assert(start + bytes.size() <= whole.size());
      std::memcpy(whole.data() + start, bytes.data(), bytes.size());
    }
  }
}

}  // namespace drmshow
