// When and how a commit becomes visible: fifo-v1, commit-timing-v1, tearing-control-v1, each where
// it is offered.
#pragma once

#include <optional>

#include "drm-show/time.hpp"
#include "wayland/globals.hpp"

struct wl_surface;
struct wp_fifo_v1;
struct wp_commit_timer_v1;
struct wp_tearing_control_v1;

namespace drmshow {

/// What goes with a commit.
struct CommitWishes {
  bool wait_barrier = false;         ///< not before the last commit with set_barrier was shown
  bool set_barrier = false;          ///< commits with wait_barrier wait until this one was shown
  std::optional<Time> not_before{};  ///< shown then, or at the next opportunity after it
  bool tearing = false;              ///< at once, in the middle of the picture
};

class SurfaceWishes {
 public:
  SurfaceWishes(const WaylandGlobals& globals, wl_surface* surface);
  ~SurfaceWishes();
  SurfaceWishes(const SurfaceWishes&) = delete;
  SurfaceWishes& operator=(const SurfaceWishes&) = delete;

  bool fifo() const { return fifo_ != nullptr; }
  bool timing() const { return timer_ != nullptr; }
  bool tearing() const { return tearing_ != nullptr; }

  /// For the surface's next commit.
  void apply(const CommitWishes& wishes);

 private:
  void set_time(Time time);

  wp_fifo_v1* fifo_ = nullptr;
  wp_commit_timer_v1* timer_ = nullptr;
  wp_tearing_control_v1* tearing_ = nullptr;
  std::optional<PresentationClock> clock_;  // that timer_ counts by
  bool tears_ = false;                      // what was said last
};

}  // namespace drmshow
