// The scale that the compositor would like for a surface, in 120ths (wp_fractional_scale_v1).
#pragma once

#include <optional>

#include "wayland/globals.hpp"
#include "wayland/window_geometry.hpp"

struct wl_surface;
struct wp_fractional_scale_v1;

namespace drmshow {

class FractionalScale {
 public:
  /// Nothing ever comes of it if the compositor does not offer it.
  FractionalScale(const WaylandGlobals& globals, wl_surface* surface);
  ~FractionalScale();
  FractionalScale(const FractionalScale&) = delete;
  FractionalScale& operator=(const FractionalScale&) = delete;

  /// Nothing before the compositor has said one.
  std::optional<WindowScale> preferred() const { return preferred_; }

 private:
  static void on_preferred(void* data, wp_fractional_scale_v1* raw, unsigned in_120ths);

  wp_fractional_scale_v1* raw_ = nullptr;
  std::optional<WindowScale> preferred_;
};

}  // namespace drmshow
