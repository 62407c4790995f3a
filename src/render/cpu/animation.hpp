// Moving pictures: which pixels a frame has, and which of them differ from an earlier frame, so
// that a framebuffer that holds an old frame needs only those drawn. Drawing allocates nothing.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "drm-show/picture.hpp"
#include "render/moment.hpp"

namespace drmshow {

/// Places to draw: a few rectangles, clipped to the screen. Places that are not larger together
/// than apart become one; what does not fit in makes the last one larger.
class Damage {
 public:
  explicit Damage(Size screen) : screen_{screen} {}
  void clear() { count_ = 0; }
  void add(Rect place);
  void add_all() { add({{0, 0}, screen_}); }
  std::span<const Rect> places() const { return {places_.data(), count_}; }

 private:
  static constexpr std::size_t most = 16;
  Size screen_;
  std::array<Rect, most> places_{};
  std::size_t count_ = 0;
};

class Animation {
 public:
  virtual ~Animation() = default;

  virtual Size size() const = 0;
  /// From here on draw() and add_damage() are about the frame of this moment.
  virtual void set(const Moment& now) = 0;
  /// Fills `row` with the pixels from `x` on of line `y`. Lines and parts of them may be asked for
  /// in any order, and from several threads at once.
  virtual void draw(int y, int x, std::span<Pixel> row) const = 0;
  /// True if line `y` > 0 of this frame is certainly equal to line `y` - 1, so that a caller may
  /// reuse what it drew.
  virtual bool repeats(int /*y*/) const { return false; }
  /// Where this frame may differ from that of `before`, which need not be the previous one.
  virtual void add_damage(const Moment& before, Damage& damage) const = 0;
};

}  // namespace drmshow
