#include "wayland/globals.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm/modifier_rank.hpp"
#include "wayland/wayland_client.hpp"

namespace drmshow {

/// Callbacks from C: nothing may be thrown, so what they learn is written down.
struct WaylandGlobals::Listeners {
  /// One wl_registry.global.
  struct Offer {
    wl_registry* registry;
    std::uint32_t name;
    std::string_view interface;
    std::uint32_t version;
  };

  template <class Object>
  static void take(const Offer& offer, const wl_interface& interface, std::uint32_t newest,
                   Object*& object) {
    if (object || offer.interface != interface.name) return;
    object = static_cast<Object*>(
        wl_registry_bind(offer.registry, offer.name, &interface, std::min(offer.version, newest)));
  }

  static void on_global(void* data, wl_registry* registry, std::uint32_t name,
                        const char* interface, std::uint32_t version) {
    auto& globals = *static_cast<WaylandGlobals*>(data);
    const Offer offer{registry, name, interface, version};
    if (offer.interface == wl_compositor_interface.name) globals.has_surfaces_ = true;
    take(offer, wl_shm_interface, 1, globals.shm_);
    take(offer, zwp_linux_dmabuf_v1_interface, 4, globals.dmabuf_);
    take(offer, wp_presentation_interface, 1, globals.presentation_);
    take(offer, wp_viewporter_interface, 1, globals.viewporter_);
    take(offer, wp_fractional_scale_manager_v1_interface, 1, globals.fractional_scale_);
#if DRMSHOW_HAVE_TEARING_CONTROL_V1
    take(offer, wp_tearing_control_manager_v1_interface, 1, globals.tearing_control_);
#endif
#if DRMSHOW_HAVE_LINUX_DRM_SYNCOBJ_V1
    take(offer, wp_linux_drm_syncobj_manager_v1_interface, 1, globals.syncobj_);
#endif
#if DRMSHOW_HAVE_FIFO_V1
    take(offer, wp_fifo_manager_v1_interface, 1, globals.fifo_);
#endif
#if DRMSHOW_HAVE_COMMIT_TIMING_V1
    take(offer, wp_commit_timing_manager_v1_interface, 1, globals.commit_timing_);
#endif
  }

  // What is taken away while we run stays bound, and does nothing any more.
  static void on_removed(void* /*data*/, wl_registry* /*registry*/, std::uint32_t /*name*/) {}

  static void on_shm_format(void* data, wl_shm* /*shm*/, std::uint32_t code) {
    auto& globals = *static_cast<WaylandGlobals*>(data);
    // The two that every compositor takes have numbers of their own.
    if (code == WL_SHM_FORMAT_XRGB8888) code = formats::xrgb8888.fourcc();
    if (code == WL_SHM_FORMAT_ARGB8888) code = argb8888.fourcc();
    globals.shm_formats_.emplace_back(code);
  }

  // Up to version 2 there are formats only, in version 3 their modifiers as well.
  static void on_dmabuf_format(void* data, zwp_linux_dmabuf_v1* /*dmabuf*/, std::uint32_t fourcc) {
    auto& globals = *static_cast<WaylandGlobals*>(data);
    if (globals.dmabuf_version_ >= ZWP_LINUX_DMABUF_V1_MODIFIER_SINCE_VERSION) return;
    globals.dmabuf_pairs_.push_back({Format{fourcc}, modifiers::invalid});
  }

  static void on_dmabuf_modifier(void* data, zwp_linux_dmabuf_v1* /*dmabuf*/, std::uint32_t fourcc,
                                 std::uint32_t high, std::uint32_t low) {
    auto& globals = *static_cast<WaylandGlobals*>(data);
    globals.dmabuf_pairs_.push_back({Format{fourcc}, Modifier{std::uint64_t{high} << 32 | low}});
  }

  static void on_clock(void* data, wp_presentation* /*presentation*/, std::uint32_t clock) {
    auto& globals = *static_cast<WaylandGlobals*>(data);
    globals.presentation_clock_ = PresentationClock{static_cast<clockid_t>(clock)};
  }

  static constexpr Format argb8888 = Format::from_chars('A', 'R', '2', '4');
  static constexpr wl_registry_listener registry_events{on_global, on_removed};
  static constexpr wl_shm_listener shm_events{on_shm_format};
  static constexpr zwp_linux_dmabuf_v1_listener dmabuf_events{on_dmabuf_format, on_dmabuf_modifier};
  static constexpr wp_presentation_listener presentation_events{on_clock};
};

namespace {

void wait_for_answers(WaylandConnection& connection) {
  if (connection.roundtrip()) return;
  throw Error{Failure::compositor, "the compositor does not answer",
              "It hangs, or is stopped (SIGSTOP): look at it from a text console."};
}

template <class Object, class Destroy>
void end(Object* object, Destroy destroy) {
  if (object) destroy(object);
}

template <class Object>
void add_name(std::string& names, Object* object) {
  if (!object) return;
  auto* const proxy = reinterpret_cast<wl_proxy*>(object);
  if (!names.empty()) names += ", ";
  names += fmt::format("{} {}", wl_proxy_get_class(proxy), wl_proxy_get_version(proxy));
}

}  // namespace

WaylandGlobals::WaylandGlobals(WaylandConnection& connection)
    : registry_{wl_display_get_registry(connection.here())} {
  wl_registry_add_listener(registry_, &Listeners::registry_events, this);
  wait_for_answers(connection);
  if (shm_) wl_shm_add_listener(shm_, &Listeners::shm_events, this);
  if (presentation_) {
    wp_presentation_add_listener(presentation_, &Listeners::presentation_events, this);
  }
  if (dmabuf_) {
    dmabuf_version_ = zwp_linux_dmabuf_v1_get_version(dmabuf_);
    zwp_linux_dmabuf_v1_add_listener(dmabuf_, &Listeners::dmabuf_events, this);
  }
  wait_for_answers(connection);
}

WaylandGlobals::~WaylandGlobals() {
  end(shm_, wl_shm_destroy);
  end(dmabuf_, zwp_linux_dmabuf_v1_destroy);
  end(presentation_, wp_presentation_destroy);
  end(viewporter_, wp_viewporter_destroy);
  end(fractional_scale_, wp_fractional_scale_manager_v1_destroy);
#if DRMSHOW_HAVE_TEARING_CONTROL_V1
  end(tearing_control_, wp_tearing_control_manager_v1_destroy);
#endif
#if DRMSHOW_HAVE_LINUX_DRM_SYNCOBJ_V1
  end(syncobj_, wp_linux_drm_syncobj_manager_v1_destroy);
#endif
#if DRMSHOW_HAVE_FIFO_V1
  end(fifo_, wp_fifo_manager_v1_destroy);
#endif
#if DRMSHOW_HAVE_COMMIT_TIMING_V1
  end(commit_timing_, wp_commit_timing_manager_v1_destroy);
#endif
  wl_registry_destroy(registry_);
}

bool WaylandGlobals::takes_shm(Format format) const {
  return std::ranges::find(shm_formats_, format) != shm_formats_.end();
}

std::string WaylandGlobals::offered() const {
  std::string names;
  add_name(names, shm_);
  add_name(names, dmabuf_);
  add_name(names, presentation_);
  add_name(names, viewporter_);
  add_name(names, fractional_scale_);
  add_name(names, fifo_);
  add_name(names, commit_timing_);
  add_name(names, tearing_control_);
  add_name(names, syncobj_);
  return names;
}

}  // namespace drmshow
