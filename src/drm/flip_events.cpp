#include "drm/flip_events.hpp"

#include <cerrno>
#include <cstring>

#include <drm.h>
#include <poll.h>
#include <unistd.h>

namespace drmshow {
namespace {

Time time_of(const drm_event_vblank& event) {
  return Time{std::chrono::seconds{event.tv_sec} + std::chrono::microseconds{event.tv_usec}};
}

// The descriptor blocks: others may share it, and it is not ours to change.
bool has_input(int fd) {
  pollfd one{fd, POLLIN, 0};
  return ::poll(&one, 1, 0) == 1 && (one.revents & POLLIN) != 0;
}

}  // namespace

int FlipEvents::read(int fd) {
  count_ = 0;
  alignas(drm_event_vblank) std::array<std::byte, 1024> bytes;
  const ssize_t length = ::read(fd, bytes.data(), bytes.size());
  if (length < 0) return errno == EINTR || errno == EAGAIN ? 0 : errno;
  parse(bytes.data(), static_cast<std::size_t>(length));
  return 0;
}

int FlipEvents::read_if_any(int fd) {
  count_ = 0;
  return has_input(fd) ? read(fd) : 0;
}

// The kernel gives whole events only; others' kinds are skipped by their length.
void FlipEvents::parse(const std::byte* bytes, std::size_t length) {
  std::size_t at = 0;
  while (at + sizeof(drm_event) <= length && count_ < events_.size()) {
    drm_event head;
    std::memcpy(&head, bytes + at, sizeof head);
    if (head.length < sizeof head || at + head.length > length) return;
    if (head.type == DRM_EVENT_FLIP_COMPLETE && head.length >= sizeof(drm_event_vblank)) {
      drm_event_vblank event;
      std::memcpy(&event, bytes + at, sizeof event);
      events_[count_++] = {event.user_data, time_of(event), event.sequence, CrtcId{event.crtc_id}};
    }
    at += head.length;
  }
}

}  // namespace drmshow
