#include "trace/protocol_log.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>

#include <fmt/format.h>

namespace drmshow {
namespace {

constexpr std::int64_t clock_round = std::int64_t{1} << 32;  // microseconds
// Between a message and its reading. A little less than nothing is rounding.
constexpr Nanoseconds least_delay = -std::chrono::milliseconds{2};
constexpr Nanoseconds most_reading_delay = std::chrono::seconds{5};

std::optional<std::uint32_t> stamp_of(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || text.size() - dot != 4) return std::nullopt;
  text = text.substr(text.find_first_not_of(' '));
  std::uint32_t millis = 0;
  std::uint32_t micros = 0;
  const char* const end = text.data() + text.size();
  const auto [at, fault] = std::from_chars(text.data(), end, millis);
  if (fault != std::errc{} || at != end - 4) return std::nullopt;
  const auto [behind, second_fault] = std::from_chars(at + 1, end, micros);
  if (second_fault != std::errc{} || behind != end) return std::nullopt;
  return millis * 1000 + micros;  // of 32 bits, as libwayland has it
}

// The queue, and "discarded".
std::string_view without_prefixes(std::string_view rest) {
  if (rest.starts_with("{")) {
    const std::size_t end = rest.find("} ");
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 2);
  }
  while (rest.starts_with(" ")) rest.remove_prefix(1);
  return rest;
}

// How long before `read`, a time of the same clock, it was written: of all rounds the nearest.
Nanoseconds delay_of(std::uint32_t stamp, Nanoseconds read) {
  const std::int64_t now = read.count() / 1000;
  std::int64_t delay = (now - std::int64_t{stamp}) % clock_round;
  if (delay > clock_round / 2) delay -= clock_round;
  return std::chrono::microseconds{delay};
}

struct Delays {
  Nanoseconds least = Nanoseconds::max();
  Nanoseconds most = Nanoseconds::min();
  bool possible() const { return least >= least_delay && most <= most_reading_delay; }
};

Delays delays_of(std::span<const ProtocolMessage> messages, Nanoseconds offset) {
  Delays delays;
  for (const ProtocolMessage& message : messages) {
    const Nanoseconds delay =
        delay_of(message.microseconds, message.read.time_since_epoch() + offset);
    delays.least = std::min(delays.least, delay);
    delays.most = std::max(delays.most, delay);
  }
  return delays;
}

void set_times(std::span<ProtocolMessage> messages, Nanoseconds offset) {
  for (ProtocolMessage& message : messages) {
    message.time =
        message.read - delay_of(message.microseconds, message.read.time_since_epoch() + offset);
  }
}

}  // namespace

std::optional<ProtocolMessage> parse_protocol_line(std::string_view line, Time read) {
  const std::size_t end = line.find("] ");
  if (!line.starts_with("[") || end == std::string_view::npos || end < 6) return std::nullopt;
  const auto stamp = stamp_of(line.substr(1, end - 1));
  if (!stamp) return std::nullopt;
  std::string_view rest = without_prefixes(line.substr(end + 2));
  const bool request = rest.starts_with("-> ");
  if (request) rest.remove_prefix(3);
  const bool message = rest.find('(') != std::string_view::npos &&
                       rest.substr(0, rest.find('(')).find('.') != std::string_view::npos;
  if (!message) return std::nullopt;
  return ProtocolMessage{*stamp, request, std::string{rest}, read, read};
}

ProtocolClock date_messages(std::span<ProtocolMessage> messages, Nanoseconds realtime_offset) {
  if (messages.empty()) return {};
  using Kind = ProtocolClock::Kind;
  const Delays realtime = delays_of(messages, realtime_offset);
  if (realtime.possible()) {
    set_times(messages, realtime_offset);
    return {Kind::realtime, realtime.most};
  }
  const Delays monotonic = delays_of(messages, {});
  if (!monotonic.possible()) return {};
  set_times(messages, {});
  return {Kind::monotonic, monotonic.most};
}

std::string clock_text(const ProtocolClock& clock) {
  if (clock.kind == ProtocolClock::Kind::reading) {
    return "messages have the times at which they were read";
  }
  const bool realtime = clock.kind == ProtocolClock::Kind::realtime;
  const double delay_ms = std::chrono::duration<double, std::milli>{clock.longest_delay}.count();
  return fmt::format(
      "messages have libwayland's times ({}), to 0.001 ms; read up to {:.1f} ms later",
      realtime ? "CLOCK_REALTIME" : "CLOCK_MONOTONIC", delay_ms);
}

}  // namespace drmshow
