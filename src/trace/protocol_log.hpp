// What libwayland says about each message with WAYLAND_DEBUG=client, on one clock with the rest.
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/time.hpp"

namespace drmshow {

/// A line like
///   [1234567.890] {Default Queue} -> wl_surface#3.commit()
/// (the queue since libwayland 1.22; `@` instead of `#` before 1.23). The time is that of day in
/// milliseconds, of which 32 bits of microseconds are left: it begins anew every 71.6 minutes.
struct ProtocolMessage {
  std::uint32_t microseconds = 0;
  bool request = false;  ///< by us; else an event, of the compositor
  std::string text;      ///< "wl_surface#3.commit()"
  Time read{};           ///< when we had the line
  Time time{};           ///< when it was written, see date_messages()
};

/// Nothing if it is no such line.
std::optional<ProtocolMessage> parse_protocol_line(std::string_view line, Time read);

/// How the times of messages came about.
struct ProtocolClock {
  enum class Kind : std::uint8_t {
    realtime,   ///< CLOCK_REALTIME: exact to a microsecond, if nobody has set the clock meanwhile
    monotonic,  ///< CLOCK_MONOTONIC: exact to a microsecond
    reading,    ///< neither fits: when we read the line, a little after it was written
  };
  Kind kind = Kind::reading;
  /// The longest time from a message until it was read.
  Nanoseconds longest_delay{};
};

/// Gives each its time: libwayland does not say which clock it takes, so it is that in which
/// messages were written shortly before they were read. `realtime_offset`: CLOCK_REALTIME minus
/// CLOCK_MONOTONIC.
ProtocolClock date_messages(std::span<ProtocolMessage> messages, Nanoseconds realtime_offset);
std::string clock_text(const ProtocolClock& clock);

}  // namespace drmshow
