#include "wayland/fractional_scale.hpp"

#include "wayland/wayland_client.hpp"

namespace drmshow {
namespace {

/// 64 times: more than that is a mistake, and would take all memory.
constexpr unsigned most_scale = 64 * WindowScale::one;

}  // namespace

FractionalScale::FractionalScale(const WaylandGlobals& globals, wl_surface* surface) {
  static constexpr wp_fractional_scale_v1_listener listener{on_preferred};
  // Also where no viewport can follow it: its next whole number is the buffer's scale then, which
  // GLFW 3.4 does not say.
  if (!globals.fractional_scale()) return;
  raw_ = wp_fractional_scale_manager_v1_get_fractional_scale(globals.fractional_scale(), surface);
  wp_fractional_scale_v1_add_listener(raw_, &listener, this);
}

FractionalScale::~FractionalScale() {
  if (raw_) wp_fractional_scale_v1_destroy(raw_);
}

void FractionalScale::on_preferred(void* data, wp_fractional_scale_v1* /*raw*/,
                                   unsigned in_120ths) {
  if (in_120ths == 0 || in_120ths > most_scale) return;
  static_cast<FractionalScale*>(data)->preferred_ = WindowScale{static_cast<int>(in_120ths)};
}

}  // namespace drmshow
