// The events that a device sends when a page flip is done (struct drm_event_vblank, drm.h). Read
// here and not by libdrm, whose handlers get the 64 bits of user data as a pointer, and the time in
// microseconds' parts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "drm-show/id.hpp"
#include "drm-show/time.hpp"

namespace drmshow {

struct FlipEvent {
  std::uint64_t user_data = 0;
  Time time;                   ///< when scanout of the first pixel began, as the driver says
  std::uint32_t sequence = 0;  ///< the CRTC's counter of vertical blanks, which wraps; 0: has none
  CrtcId crtc;                 ///< none before Linux 4.12
};

class FlipEvents {
 public:
  /// Reads events of the device `fd`; waits for one if there is none. Returns 0 or an errno.
  [[nodiscard]] int read(int fd);
  /// The same without waiting, for one system call more.
  [[nodiscard]] int read_if_any(int fd);
  const FlipEvent* begin() const { return events_.data(); }
  const FlipEvent* end() const { return events_.data() + count_; }

 private:
  void parse(const std::byte* bytes, std::size_t length);

  // As much as one read() gives: 1024 bytes, an event takes 32. More stay for the next one.
  std::array<FlipEvent, 32> events_{};
  std::size_t count_ = 0;
};

}  // namespace drmshow
