#include "wayland/surface_wishes.hpp"

#include "wayland/wayland_client.hpp"

namespace drmshow {

SurfaceWishes::SurfaceWishes([[maybe_unused]] const WaylandGlobals& globals,
                             [[maybe_unused]] wl_surface* surface) {
#if DRMSHOW_HAVE_FIFO_V1
  if (globals.fifo()) fifo_ = wp_fifo_manager_v1_get_fifo(globals.fifo(), surface);
#endif
#if DRMSHOW_HAVE_COMMIT_TIMING_V1
  clock_ = globals.presentation_clock();
  if (globals.commit_timing() && clock_) {
    timer_ = wp_commit_timing_manager_v1_get_timer(globals.commit_timing(), surface);
  }
#endif
#if DRMSHOW_HAVE_TEARING_CONTROL_V1
  if (globals.tearing_control()) {
    tearing_ =
        wp_tearing_control_manager_v1_get_tearing_control(globals.tearing_control(), surface);
  }
#endif
}

SurfaceWishes::~SurfaceWishes() {
#if DRMSHOW_HAVE_FIFO_V1
  if (fifo_) wp_fifo_v1_destroy(fifo_);
#endif
#if DRMSHOW_HAVE_COMMIT_TIMING_V1
  if (timer_) wp_commit_timer_v1_destroy(timer_);
#endif
#if DRMSHOW_HAVE_TEARING_CONTROL_V1
  if (tearing_) wp_tearing_control_v1_destroy(tearing_);
#endif
}

void SurfaceWishes::apply([[maybe_unused]] const CommitWishes& wishes) {
#if DRMSHOW_HAVE_FIFO_V1
  if (fifo_ && wishes.wait_barrier) wp_fifo_v1_wait_barrier(fifo_);
  if (fifo_ && wishes.set_barrier) wp_fifo_v1_set_barrier(fifo_);
#endif
#if DRMSHOW_HAVE_COMMIT_TIMING_V1
  if (timer_ && wishes.not_before) set_time(*wishes.not_before);
#endif
#if DRMSHOW_HAVE_TEARING_CONTROL_V1
  if (tearing_ && wishes.tearing != tears_) {
    tears_ = wishes.tearing;
    wp_tearing_control_v1_set_presentation_hint(
        tearing_, tears_ ? WP_TEARING_CONTROL_V1_PRESENTATION_HINT_ASYNC
                         : WP_TEARING_CONTROL_V1_PRESENTATION_HINT_VSYNC);
  }
#endif
}

void SurfaceWishes::set_time([[maybe_unused]] Time time) {
#if DRMSHOW_HAVE_COMMIT_TIMING_V1
  const auto theirs = clock_->to_theirs(time);
  if (!theirs || *theirs < Nanoseconds::zero()) return;
  const WireTime wire = to_wire(*theirs);
  wp_commit_timer_v1_set_timestamp(timer_, wire.seconds_high, wire.seconds_low, wire.nanoseconds);
#endif
}

}  // namespace drmshow
