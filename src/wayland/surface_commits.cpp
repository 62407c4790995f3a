#include "wayland/surface_commits.hpp"

#include <algorithm>

#include "drm-show/error.hpp"
#include "wayland/wayland_client.hpp"

namespace drmshow {
namespace {

PresentedHow presented_how(std::uint32_t flags) {
  return {(flags & WP_PRESENTATION_FEEDBACK_KIND_VSYNC) != 0,
          (flags & WP_PRESENTATION_FEEDBACK_KIND_HW_CLOCK) != 0,
          (flags & WP_PRESENTATION_FEEDBACK_KIND_HW_COMPLETION) != 0,
          (flags & WP_PRESENTATION_FEEDBACK_KIND_ZERO_COPY) != 0};
}

}  // namespace

/// Callbacks from C. Each ends the proxy that it came from: it has nothing more to say.
struct SurfaceCommitListeners {
  using Pending = SurfaceCommits::Pending;
  using Feedback = struct wp_presentation_feedback;  // there is a function of this name as well
  static Pending& from(void* data) { return *static_cast<Pending*>(data); }

  static WindowEvent event_of(const Pending& pending, WindowEventKind kind) {
    WindowEvent event;
    event.kind = kind;
    event.cookie = pending.cookie;
    event.time = Clock::now();
    return event;
  }

  static void on_frame(void* data, wl_callback* callback, std::uint32_t /*milliseconds*/) {
    Pending& pending = from(data);
    wl_callback_destroy(callback);
    pending.frame = nullptr;
    // Its time counts from nobody knows when.
    pending.owner->events_.add(event_of(pending, WindowEventKind::frame_done));
  }

  static void end_feedback(Pending& pending) {
    wp_presentation_feedback_destroy(pending.feedback);
    pending.feedback = nullptr;
  }

  // Told for each time that somebody has bound it: GLFW has, and we have not.
  static void on_output(void* data, Feedback* /*feedback*/, wl_output* output) {
    from(data).owner->output_ = output;
  }

  static void on_presented(void* data, Feedback* /*feedback*/, std::uint32_t seconds_high,
                           std::uint32_t seconds_low, std::uint32_t nanoseconds,
                           std::uint32_t refresh, std::uint32_t sequence_high,
                           std::uint32_t sequence_low, std::uint32_t flags) {
    Pending& pending = from(data);
    end_feedback(pending);
    WindowEvent event = event_of(pending, WindowEventKind::presented);
    if (const auto shown = pending.owner->to_ours({seconds_high, seconds_low, nanoseconds})) {
      event.time = *shown;
      event.time_known = true;
    }
    event.refresh = Nanoseconds{refresh};
    event.sequence = std::uint64_t{sequence_high} << 32 | sequence_low;
    event.how = presented_how(flags);
    pending.owner->events_.add(event);
  }

  static void on_discarded(void* data, Feedback* /*feedback*/) {
    Pending& pending = from(data);
    end_feedback(pending);
    pending.owner->events_.add(event_of(pending, WindowEventKind::discarded));
  }

  static constexpr wl_callback_listener frame{on_frame};
  static constexpr wp_presentation_feedback_listener feedback{on_output, on_presented,
                                                              on_discarded};
};

SurfaceCommits::SurfaceCommits(WaylandConnection& connection, const WaylandGlobals& globals,
                               wl_surface* surface, WindowEvents& events)
    : surface_{surface},
      surface_here_{static_cast<wl_surface*>(wl_proxy_create_wrapper(surface))},
      globals_{globals},
      events_{events},
      wishes_{globals, surface} {
  wl_proxy_set_queue(reinterpret_cast<wl_proxy*>(surface_here_), connection.queue());
  if (globals.viewporter()) {
    viewport_ = wp_viewporter_get_viewport(globals.viewporter(), surface);
  }
  for (Pending& pending : pending_) pending.owner = this;
}

SurfaceCommits::~SurfaceCommits() {
  for (const Pending& pending : pending_) {
    if (pending.frame) wl_callback_destroy(pending.frame);
    if (pending.feedback) wp_presentation_feedback_destroy(pending.feedback);
  }
  if (viewport_) wp_viewport_destroy(viewport_);
  wl_proxy_wrapper_destroy(surface_here_);
}

CommitAbilities SurfaceCommits::abilities() const {
  return {globals_.presentation() != nullptr, wishes_.fifo(), wishes_.timing(), wishes_.tearing()};
}

bool SurfaceCommits::commit(const SurfaceFrame& frame) {
  Pending* const pending = free_pending();
  if (!pending) return false;
  set_geometry(frame.geometry);
  wl_surface_attach(surface_, frame.buffer->get(), 0, 0);
  set_damage(frame);
  ask_for_events(*pending, frame.cookie);
  wishes_.apply(frame.wishes);
  if (explicit_sync_ && frame.sync) explicit_sync_->set_points(*frame.sync);
  wl_surface_commit(surface_);
  return true;
}

std::size_t SurfaceCommits::pending() const {
  const auto count = std::ranges::count_if(
      pending_, [](const Pending& pending) { return pending.frame || pending.feedback; });
  return static_cast<std::size_t>(count);
}

/// Compositors may never say what became of a commit (sway 1.7 without a display does not): then
/// the one that has waited longest is not waited for any more.
void SurfaceCommits::hide() {
  wl_surface_attach(surface_, nullptr, 0, 0);
  wl_surface_commit(surface_);
}

SurfaceCommits::Pending* SurfaceCommits::free_pending() {
  Pending* oldest = nullptr;
  for (Pending& pending : pending_) {
    if (pending.frame) continue;
    if (!pending.feedback) return &pending;
    if (!oldest || pending.number < oldest->number) oldest = &pending;
  }
  if (oldest) give_up(*oldest);
  return oldest;
}

void SurfaceCommits::give_up(Pending& pending) {
  SurfaceCommitListeners::end_feedback(pending);
  events_.add(SurfaceCommitListeners::event_of(pending, WindowEventKind::unanswered));
}

std::optional<Time> SurfaceCommits::to_ours(const WireTime& time) const {
  const auto& clock = globals_.presentation_clock();
  const auto theirs = from_wire(time);
  return clock && theirs ? clock->to_ours(*theirs) : std::nullopt;
}

/// Each time: GLFW says a scale as well, when the window enters an output, and what was said last
/// counts.
void SurfaceCommits::set_geometry(const WindowGeometry& geometry) {
  if (wl_surface_get_version(surface_) >= WL_SURFACE_SET_BUFFER_SCALE_SINCE_VERSION) {
    wl_surface_set_buffer_scale(surface_, geometry.buffer_scale);
  }
  if (viewport_ && geometry.viewport) {
    wp_viewport_set_destination(viewport_, geometry.logical.width, geometry.logical.height);
  }
}

void SurfaceCommits::set_damage(const SurfaceFrame& frame) {
  const auto damage = [&](Rect pixels) {
    if (wl_surface_get_version(surface_) >= WL_SURFACE_DAMAGE_BUFFER_SINCE_VERSION) {
      wl_surface_damage_buffer(surface_, pixels.x, pixels.y, pixels.width, pixels.height);
    } else {
      const Rect units = in_surface_units(pixels, frame.geometry);
      wl_surface_damage(surface_, units.x, units.y, units.width, units.height);
    }
  };
  if (frame.damage.empty()) damage({Point{}, frame.geometry.pixels});
  for (const Rect& rect : frame.damage) damage(rect);
}

void SurfaceCommits::ask_for_events(Pending& pending, std::uint64_t cookie) {
  pending.cookie = cookie;
  pending.number = ++commits_;
  pending.frame = wl_surface_frame(surface_here_);
  wl_callback_add_listener(pending.frame, &SurfaceCommitListeners::frame, &pending);
  if (!globals_.presentation()) return;
  pending.feedback = wp_presentation_feedback(globals_.presentation(), surface_);
  wp_presentation_feedback_add_listener(pending.feedback, &SurfaceCommitListeners::feedback,
                                        &pending);
}

}  // namespace drmshow
