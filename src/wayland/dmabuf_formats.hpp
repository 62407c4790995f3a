// Asks the compositor which dmabufs it takes, and keeps the newest answer.
#pragma once

#include <cstdint>
#include <memory>

#include "wayland/dmabuf_feedback.hpp"
#include "wayland/globals.hpp"

struct wl_surface;

namespace drmshow {

class DmabufFormats {
 public:
  /// For `surface`, or nullptr: for any. Waits for the first answer. Without feedback (before
  /// version 4) formats and modifiers alone. Nothing at all if dmabufs are not taken: feedback() is
  /// empty. Throws Error (compositor).
  DmabufFormats(WaylandConnection& connection, const WaylandGlobals& globals, wl_surface* surface);
  ~DmabufFormats();
  DmabufFormats(const DmabufFormats&) = delete;
  DmabufFormats& operator=(const DmabufFormats&) = delete;

  /// The newest complete one.
  const DmabufFeedback& feedback() const;
  /// Counts feedbacks, so that a new one is noticed.
  std::uint64_t version() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace drmshow
