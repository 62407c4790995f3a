// Frames on their way to the screen: one commit of the window's surface each, and what the
// compositor says about it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "drm-show/geometry.hpp"
#include "drm-show/time.hpp"
#include "wayland/explicit_sync.hpp"
#include "wayland/globals.hpp"
#include "wayland/surface_wishes.hpp"
#include "wayland/wayland_buffer.hpp"
#include "wayland/window_event.hpp"
#include "wayland/window_geometry.hpp"

struct wl_surface;
struct wl_callback;
struct wl_output;
struct wp_presentation_feedback;
struct wp_viewport;

namespace drmshow {

struct SurfaceFrame {
  const WaylandBuffer* buffer = nullptr;
  std::uint64_t cookie = 0;        ///< comes back with frame_done, and presented or discarded
  WindowGeometry geometry;         ///< that it was drawn for
  std::span<const Rect> damage;    ///< in pixels; none: all of it
  CommitWishes wishes;             ///< those that are not offered are left out
  std::optional<SyncPoints> sync;  ///< with use()d explicit synchronization only, and then always
};

/// What is there of it is known from the start.
struct CommitAbilities {
  bool presentation = false;  ///< presented and discarded come
  bool fifo = false;
  bool commit_timing = false;
  bool tearing = false;
};

/// One for a surface, for as long as there is one: its protocols allow no second of their objects.
///
/// Only frames with buffers are committed: a surface that was shown and has none is not configured
/// any more.
class SurfaceCommits {
 public:
  /// Commits that may wait for their events.
  static constexpr std::size_t most_pending = 32;

  /// All of these outlive us.
  SurfaceCommits(WaylandConnection& connection, const WaylandGlobals& globals, wl_surface* surface,
                 WindowEvents& events);
  ~SurfaceCommits();
  SurfaceCommits(const SurfaceCommits&) = delete;
  SurfaceCommits& operator=(const SurfaceCommits&) = delete;

  CommitAbilities abilities() const;
  /// False, and nothing happens, if so many wait for their frame_done: the window is hidden, or the
  /// compositor hangs. With `presentation`, each one's cookie comes back with just one of
  /// presented, discarded and unanswered. It is sent by the connection's next prepare() or
  /// dispatch().
  bool commit(const SurfaceFrame& frame);
  /// From the next commit on; nullptr for none. It outlives that use.
  void use(const ExplicitSync* explicit_sync) { explicit_sync_ = explicit_sync; }
  /// Commits whose events have not all come.
  std::size_t pending() const;
  /// On which output frames were presented last; nullptr: the compositor has not said. To be
  /// compared only: it may be gone.
  const wl_output* output() const { return output_; }
  /// Takes the content away: nothing is read or shown from the next prepare() on.
  void hide();

 private:
  struct Pending {  // free if it has neither proxy
    SurfaceCommits* owner = nullptr;
    wl_callback* frame = nullptr;
    struct wp_presentation_feedback* feedback = nullptr;  // there is a function of this name, too
    std::uint64_t cookie = 0;
    std::uint64_t number = 0;  // in the order of commits
  };
  friend struct SurfaceCommitListeners;

  Pending* free_pending();
  void give_up(Pending& pending);
  std::optional<Time> to_ours(const WireTime& time) const;
  void set_geometry(const WindowGeometry& geometry);
  void set_damage(const SurfaceFrame& frame);
  void ask_for_events(Pending& pending, std::uint64_t cookie);

  wl_surface* surface_;
  wl_surface* surface_here_;  // wrapper: what it makes reports to our queue
  const WaylandGlobals& globals_;
  WindowEvents& events_;
  const ExplicitSync* explicit_sync_ = nullptr;
  wp_viewport* viewport_ = nullptr;
  SurfaceWishes wishes_;
  std::array<Pending, most_pending> pending_{};
  std::uint64_t commits_ = 0;
  const wl_output* output_ = nullptr;  // set by wp_presentation_feedback.sync_output
};

}  // namespace drmshow
