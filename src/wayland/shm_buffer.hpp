// A buffer in memory that the compositor reads with the CPU (wl_shm): always works.
#pragma once

#include <cstdint>

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/format.hpp"
#include "wayland/globals.hpp"
#include "wayland/wayland_buffer.hpp"

namespace drmshow {

class ShmBuffer {
 public:
  /// `cookie`: of its WindowEventKind::released. All 0 at first. Throws Error: compositor if it
  /// does not take the format, unexpected if there is no memory.
  ShmBuffer(const WaylandGlobals& globals, Size size, Format format, std::uint64_t cookie,
            WindowEvents& events);

  const WaylandBuffer& buffer() const { return buffer_; }
  /// For the CPU, as of a dumb buffer. Ordinary memory: it may be read as well.
  const Mapping& mapping() const { return mapping_; }
  Size size() const { return size_; }

 private:
  Size size_;
  UniqueFd memory_;
  Mapping mapping_;
  WaylandBuffer buffer_;
};

}  // namespace drmshow
