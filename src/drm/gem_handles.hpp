// Memory that devices share, as dmabufs (kernel doc, "PRIME Buffer Sharing").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "drm-show/device.hpp"
#include "drm-show/dumb_buffer.hpp"
#include "drm-show/fd.hpp"

namespace drmshow {

/// The GEM handles that dmabufs have on a device. The kernel gives a buffer one handle for each
/// open device, however often and by whichever descriptor it is imported, and does not count: it is
/// closed once. That is also why a dmabuf of a buffer that was made on this very device does not
/// belong here: its handle is somebody else's to close.
class GemHandles {
 public:
  explicit GemHandles(const Device& device) : device_{device} {}
  GemHandles(const GemHandles&) = delete;
  GemHandles& operator=(const GemHandles&) = delete;
  /// Closes them: what framebuffers are made of, these keep.
  ~GemHandles();

  /// At most four different buffers, as many as a framebuffer has. Throws Error.
  std::uint32_t import(int dmabuf);

 private:
  const Device& device_;
  std::array<std::uint32_t, 4> handles_{};
  std::size_t count_ = 0;
};

/// A dmabuf of the buffer's memory, for another device to use. Throws Error.
UniqueFd share_buffer(const Device& device, const DumbBuffer& buffer);

}  // namespace drmshow
