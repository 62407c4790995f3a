// A buffer in a GPU's memory that the compositor reads with its own (linux-dmabuf).
#pragma once

#include <cstdint>

#include "drm-show/scanout_image.hpp"
#include "wayland/globals.hpp"
#include "wayland/wayland_buffer.hpp"

namespace drmshow {

/// Asks the compositor to take `image`, whose planes are dmabufs, and waits for its answer: a
/// refusal is an Error (mode_refused), and no protocol error, so that another way can be tried.
/// Also throws Error (compositor).
WaylandBuffer make_dmabuf_buffer(WaylandConnection& connection, const WaylandGlobals& globals,
                                 const ImageLayout& image, std::uint64_t cookie,
                                 WindowEvents& events);

}  // namespace drmshow
