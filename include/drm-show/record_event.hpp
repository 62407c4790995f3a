// What a flight recorder's records say: one vocabulary for drm-show, for ring logs
// (present_event.hpp) and for programs that use the library. docs/recording.md has the format.
//
// Records outlive the program, and are read by older and newer ones. So a tag keeps its meaning for
// ever, and its payload may only grow at the end: who reads takes what there is and leaves the
// rest, and what is missing is 0. Who does not know a tag skips the record.
#pragma once

#include <array>
#include <cstdint>

#include "drm-show/frame_ring.hpp"
#include "drm-show/present_event.hpp"

namespace drmshow {

/// What kind of record it is; behind it, its payload.
enum class RecordTag : std::uint16_t {
  setting = 1,     ///< text: "key=value", how the program was started and on what
  stream = 2,      ///< StreamRecord: a ring begins; before its first step
  output = 3,      ///< OutputRecord, text: the name of one of a stream's outputs
  ring = 4,        ///< RingRecord: the state of a ring, for who has not seen its beginning
  present = 5,     ///< PresentRecord: a step of a presenter
  draw_begin = 6,  ///< DrawRecord
  draw_end = 7,    ///< DrawRecord
  missed = 8,      ///< MissedRecord: vertical blanks that had no new frame, though one was due
  seat = 9,        ///< SeatRecord: the screen is somebody else's, or ours again
  hotplug = 10,    ///< text: connectors changed; which, and how
  error = 11,      ///< ErrorRecord, text: what, on which object
  note = 12,       ///< text: what was said to the user
  clock = 13,      ///< ClockRecord: what time of day it is, and that the writer is alive
  user = 0x8000,   ///< and up: of programs that use the library
};

struct StreamRecord {
  std::uint8_t stream;
  std::uint8_t slots;
  std::uint8_t outputs;
  RingPolicy policy;
  SlotReturn slot_return;
};

/// Text follows at `text_at`, counted from the begin of the payload.
struct OutputRecord {
  std::uint16_t text_at = 0;  ///< set by record_text()
  std::uint8_t stream;
  std::uint8_t output;       ///< of the stream
  std::uint32_t crtc;        ///< KMS object; 0: none, a window
  std::uint64_t refresh_ns;  ///< from one vertical blank to the next; 0: not known
};

/// As PresentEvent, whose meaning each field has.
struct PresentRecord {
  PresentStep step;
  RenderFence fence;
  std::uint8_t stream;
  std::uint8_t output;
  std::uint8_t slot;
  std::uint8_t reserved;
  std::uint16_t flags;
  std::int32_t errnum;
  std::uint32_t sequence;
  std::uint64_t frame;
  std::uint64_t cookie;
  std::int64_t shown_ns;  ///< CLOCK_MONOTONIC; 0: not known
  std::uint64_t by;
};

struct DrawRecord {
  std::uint8_t stream;
  std::uint8_t slot;
  std::uint8_t by_gpu;  ///< draw_end: commands were submitted, the GPU still draws
  std::uint8_t reserved;
  std::uint32_t reserved2;
  std::uint64_t frame;
};

/// Vertical blanks that were missed; why: MissReason (frame_stats.hpp).
struct MissedRecord {
  std::uint8_t stream;
  std::uint8_t output;
  std::uint8_t reason;
  std::uint8_t reserved;
  std::uint32_t count;
  std::uint64_t frame;  ///< the one that was shown too late
};

struct SeatRecord {
  std::uint8_t ours;   ///< 1: the screen is ours again
  std::uint8_t cause;  ///< SeatCause
};
enum class SeatCause : std::uint8_t { vt, master, sleep };

struct ErrorRecord {
  std::uint16_t text_at = 0;  ///< set by record_text()
  std::uint16_t failure;      ///< Failure
  std::int32_t errnum;
};

/// What other clocks say at the record's time. They are set while a program runs, and the machine
/// sleeps: the last one before a record is the one that counts for it.
struct ClockRecord {
  std::int64_t realtime_offset_ns;  ///< CLOCK_REALTIME minus CLOCK_MONOTONIC
  std::int64_t boottime_offset_ns;  ///< CLOCK_BOOTTIME minus that: how long the machine slept
  /// A writer that lives writes the next one in so long at most; 0: it promises nothing.
  std::int64_t next_within_ns;
};

/// A ring as it is after the step before; frame numbers and cookies are absolute.
struct RingRecord {
  struct Slot {
    enum Flag : std::uint8_t { drawing = 1, unsignalled = 2, held = 4 };
    std::uint64_t number;
    std::uint8_t wanted;  ///< a bit for each output
    std::uint8_t flags;   ///< Flag
    RenderFence fence;
    std::array<std::uint8_t, 5> reserved;
  };
  struct Output {
    /// The pending flip sets the mode; the next one has to; it is away.
    enum Flag : std::uint8_t { modeset_pending = 1, needs_modeset = 2, away = 4 };
    std::uint64_t cookie;
    std::uint8_t pending;  ///< a slot; 0xff: none
    std::uint8_t scanout;  ///< likewise
    std::uint8_t flags;    ///< Flag
    std::array<std::uint8_t, 5> reserved;
    std::uint64_t submitted;
    std::uint64_t shown;
    std::uint64_t superseded;
    std::uint64_t cancelled;
  };
  enum Flag : std::uint8_t { closed = 1, aborted = 2 };
  std::uint8_t stream;
  std::uint8_t flags;  ///< Flag
  std::array<std::uint8_t, 6> reserved;
  std::uint64_t last_number;
  std::uint64_t last_cookie;
  std::array<Slot, FrameRing::most_slots> slots;
  std::array<Output, FrameRing::most_outputs> outputs;
};

}  // namespace drmshow
