// A compositor for tests: in a thread of its own, at the other end of a socket. It shows nothing,
// writes down what it is told, and behaves as well or as badly as it is asked to.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <sys/types.h>
#include <time.h>

#include "drm-show/fd.hpp"
#include "drm-show/geometry.hpp"
#include "drm-show/time.hpp"
#include "wayland/dmabuf_feedback.hpp"

namespace drmshow::fake {

enum class OnCommit {
  answer,       ///< frame done, presented, and the buffer before released
  discard,      ///< the same, but it was never shown
  frame_only,   ///< the same without a word about what became of it
  keep_silent,  ///< as a hidden window's
  refuse,       ///< with a protocol error
  die,          ///< without a word
};

struct FakeTranche {
  dev_t device = 0;
  bool scanout = false;
  std::vector<std::uint16_t> indices;
};

struct FakeManners {
  int dmabuf_version = 4;  ///< 0: none
  std::vector<FormatAndModifier> table;
  std::size_t table_bytes_said = 0;  ///< 0: as many as there are
  dev_t main_device = 0;
  std::vector<FakeTranche> tranches;
  bool refuses_dmabufs = false;
  clockid_t clock = CLOCK_MONOTONIC;
  Nanoseconds presented_at{};  ///< what it says of each commit
  OnCommit on_commit = OnCommit::answer;
  unsigned preferred_scale = 0;  ///< in 120ths; 0: fractional scales are not offered
  bool staging = true;           ///< fifo, commit-timing, tearing-control
};

/// The state that one wl_surface.commit made current.
struct FakeCommit {
  bool buffer = false;
  int buffer_scale = 1;
  Rect damage;
  Size destination;  ///< 0x0: no viewport
  bool set_barrier = false;
  bool wait_barrier = false;
  std::optional<Nanoseconds> not_before;
  bool tearing = false;
};

class FakeCompositor {
 public:
  explicit FakeCompositor(FakeManners manners);
  ~FakeCompositor();

  /// The client's end of the socket, once.
  UniqueFd connect();
  /// Ends it; what it was told until then is its last word.
  void stop();
  const std::vector<FakeCommit>& commits() const;
  /// Planes of all buffers that were made from dmabufs.
  int dmabuf_planes() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace drmshow::fake
