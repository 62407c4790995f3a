// How large a window's buffers are. Pure.
#pragma once

#include "drm-show/geometry.hpp"

namespace drmshow {

/// A scale as wp_fractional_scale_v1 counts: so many 120ths. 120 is 1:1, 180 is 150 %.
class WindowScale {
 public:
  static constexpr int one = 120;
  constexpr WindowScale() = default;
  constexpr explicit WindowScale(int in_120ths) : in_120ths_{in_120ths} {}
  static constexpr WindowScale whole(int factor) { return WindowScale{factor * one}; }

  constexpr int in_120ths() const { return in_120ths_; }
  constexpr double factor() const { return static_cast<double>(in_120ths_) / one; }
  /// The next whole number.
  constexpr int rounded_up() const { return (in_120ths_ + one - 1) / one; }
  friend constexpr bool operator==(WindowScale, WindowScale) = default;

 private:
  int in_120ths_ = one;
};

/// Who turns a buffer's pixels into the compositor's units.
enum class ScaledBy {
  viewport,      ///< wp_viewport, whose destination goes with each commit: any scale
  buffer_scale,  ///< wl_surface.set_buffer_scale: whole numbers only
};

/// What a frame is drawn for. It goes with the frame's commit: after a resize frames that were
/// drawn before are committed, if at all, with what they were drawn for.
struct WindowGeometry {
  Size logical;           ///< in the compositor's units
  Size pixels;            ///< of a buffer
  int buffer_scale = 1;   ///< 1 where a viewport scales
  bool viewport = false;  ///< its destination is `logical`
  friend bool operator==(const WindowGeometry&, const WindowGeometry&) = default;
};

WindowGeometry window_geometry(Size logical, WindowScale scale, ScaledBy how);

/// The smallest rectangle in the compositor's units with all of `pixels` in it, for
/// wl_surface.damage: GLFW's surfaces are too old for damage_buffer (they are of version 3).
Rect in_surface_units(Rect pixels, const WindowGeometry& geometry);

}  // namespace drmshow
