// What the compositor offers, as far as we use it, bound on our own queue.
//
// No wl_output and no wl_seat: GLFW 3.3 takes every output that its surface enters for one of its
// own, and would follow a pointer of ours into nowhere.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "drm-show/format.hpp"
#include "wayland/connection.hpp"
#include "wayland/dmabuf_feedback.hpp"
#include "wayland/presentation_clock.hpp"

struct wl_registry;
struct wl_shm;
struct zwp_linux_dmabuf_v1;
struct wp_presentation;
struct wp_viewporter;
struct wp_fractional_scale_manager_v1;
struct wp_fifo_manager_v1;
struct wp_commit_timing_manager_v1;
struct wp_tearing_control_manager_v1;
struct wp_linux_drm_syncobj_manager_v1;

namespace drmshow {

class WaylandGlobals {
 public:
  /// Asks, and waits for the answers. Throws Error (compositor).
  explicit WaylandGlobals(WaylandConnection& connection);
  ~WaylandGlobals();
  WaylandGlobals(const WaylandGlobals&) = delete;
  WaylandGlobals& operator=(const WaylandGlobals&) = delete;

  bool has_surfaces() const { return has_surfaces_; }
  // nullptr if it is not offered, or not known to the protocols that we were built with.
  wl_shm* shm() const { return shm_; }
  zwp_linux_dmabuf_v1* dmabuf() const { return dmabuf_; }
  wp_presentation* presentation() const { return presentation_; }
  wp_viewporter* viewporter() const { return viewporter_; }
  wp_fractional_scale_manager_v1* fractional_scale() const { return fractional_scale_; }
  wp_fifo_manager_v1* fifo() const { return fifo_; }
  wp_commit_timing_manager_v1* commit_timing() const { return commit_timing_; }
  wp_tearing_control_manager_v1* tearing_control() const { return tearing_control_; }
  wp_linux_drm_syncobj_manager_v1* syncobj() const { return syncobj_; }

  std::uint32_t dmabuf_version() const { return dmabuf_version_; }
  /// Before version 4 of linux-dmabuf, which has feedback instead.
  const std::vector<FormatAndModifier>& dmabuf_pairs() const { return dmabuf_pairs_; }
  const std::vector<Format>& shm_formats() const { return shm_formats_; }
  bool takes_shm(Format format) const;
  /// The clock of presentation times; nothing if there are none.
  const std::optional<PresentationClock>& presentation_clock() const { return presentation_clock_; }

  /// "wl_shm 1, zwp_linux_dmabuf_v1 4, …": what was bound, for --verbose.
  std::string offered() const;

 private:
  struct Listeners;

  wl_registry* registry_ = nullptr;
  bool has_surfaces_ = false;
  wl_shm* shm_ = nullptr;
  zwp_linux_dmabuf_v1* dmabuf_ = nullptr;
  wp_presentation* presentation_ = nullptr;
  wp_viewporter* viewporter_ = nullptr;
  wp_fractional_scale_manager_v1* fractional_scale_ = nullptr;
  wp_fifo_manager_v1* fifo_ = nullptr;
  wp_commit_timing_manager_v1* commit_timing_ = nullptr;
  wp_tearing_control_manager_v1* tearing_control_ = nullptr;
  wp_linux_drm_syncobj_manager_v1* syncobj_ = nullptr;
  std::uint32_t dmabuf_version_ = 0;
  std::vector<FormatAndModifier> dmabuf_pairs_;
  std::vector<Format> shm_formats_;
  std::optional<PresentationClock> presentation_clock_;
};

}  // namespace drmshow
