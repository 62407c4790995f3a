// How the frames of an output fared: counts, and distributions of times, without allocation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "drm-show/export.hpp"
#include "drm-show/frame_ring.hpp"
#include "drm-show/time.hpp"

namespace drmshow {

/// A distribution of lengths of time from a microsecond to a minute, in buckets that are at most a
/// 64th of their value wide; least and greatest are exact. Negative ones count as 0.
class DRMSHOW_API DurationHistogram {
 public:
  void add(Nanoseconds value);
  /// All that `other` has.
  void add(const DurationHistogram& other);
  std::uint64_t count() const { return count_; }
  Nanoseconds min() const { return count_ == 0 ? Nanoseconds{} : min_; }
  Nanoseconds max() const { return max_; }
  /// The value that `percent` of all values do not exceed (nearest rank), to the bucket's width:
  /// the mean of those that share the bucket. The first and the last are exact; 0 if there are
  /// none.
  Nanoseconds percentile(double percent) const;
  Nanoseconds median() const { return percentile(50); }
  /// How many values v have from <= v < to, to the buckets' width.
  std::uint64_t count_between(Nanoseconds from, Nanoseconds to) const;

  struct Bin {
    Nanoseconds from;
    Nanoseconds to;  ///< Nanoseconds::max() for the one of all that is too long
    std::uint64_t count = 0;
  };
  /// The bucket that has `start` or, if that is empty, the next one that is not. From 0 and then
  /// from each one's `to` that gives all of them.
  std::optional<Bin> bin_from(Nanoseconds start) const;

 private:
  static constexpr std::size_t steps = 64;    // buckets an octave
  static constexpr std::size_t octaves = 27;  // microseconds to a minute, and one for less
  std::array<std::uint32_t, steps * octaves> buckets_{};
  // Of the values in each: by how much they exceed its start, in all. Frames that follow each other
  // by the same time, nearly, are all in one, and their median is wanted to a microsecond.
  std::array<std::uint64_t, steps * octaves> excess_{};
  std::uint64_t count_ = 0;
  Nanoseconds min_{};
  Nanoseconds max_{};
};

/// Why vertical blanks passed with nothing new although something was due.
enum class MissReason : std::uint8_t {
  drawing,  ///< no frame was ready in time
  fence,    ///< it was, but its render fence had not signalled
  commit,   ///< it was committed too late: we woke late, or the request took long
  busy,     ///< the kernel did not take the commit (EBUSY)
  display,  ///< committed in time, and shown a vertical blank later all the same
};
inline constexpr std::size_t miss_reasons = 5;

/// Why a frame that was not drawn yet when it was submitted is held back here (we poll its fence)
/// instead of being committed with its fence, so that the kernel or the compositor waits.
enum class HeldBack : std::uint8_t {
  other_gpu,  ///< its fence is of another device than the display's, or of a program
  newest,     ///< mailbox: what is drawn first competes, so we have to know
  no_fences,  ///< whoever shows it takes none: legacy or tearing flips, a driver without
              ///< IN_FENCE_FD
  modeset,    ///< it sets the mode, which blocks, and must not block on a GPU
};
inline constexpr std::size_t held_back_reasons = 4;

struct DRMSHOW_API OutputStats {
  FrameCounts counts;
  std::array<std::uint64_t, miss_reasons> missed{};          ///< vertical blanks, by MissReason
  std::array<std::uint64_t, held_back_reasons> held_back{};  ///< frames, by HeldBack
  DurationHistogram latency;   ///< from submit() until it is scanned out
  DurationHistogram interval;  ///< from one frame on the screen to the next
  DurationHistogram flip;      ///< from the commit until it is scanned out

  /// Those of another run of the same output.
  void add(const OutputStats& other);
};

}  // namespace drmshow
