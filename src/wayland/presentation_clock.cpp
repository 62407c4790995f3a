#include "wayland/presentation_clock.hpp"

namespace drmshow {
namespace {

constexpr std::uint64_t nanoseconds_a_second = 1'000'000'000;
constexpr std::uint64_t most_seconds = 9'000'000'000;  // 64 bits hold 9.2

std::optional<Nanoseconds> read_clock(clockid_t clock) noexcept {
  timespec now{};
  if (::clock_gettime(clock, &now) != 0) return std::nullopt;
  return std::chrono::seconds{now.tv_sec} + Nanoseconds{now.tv_nsec};
}

}  // namespace

/// How much later it is there.
std::optional<Nanoseconds> PresentationClock::ahead() const noexcept {
  if (clock_ == CLOCK_MONOTONIC) return Nanoseconds::zero();
  const auto theirs = read_clock(clock_);
  if (!theirs) return std::nullopt;
  return *theirs - Nanoseconds{Clock::now().time_since_epoch()};
}

std::optional<Time> PresentationClock::to_ours(Nanoseconds theirs) const noexcept {
  const auto later = ahead();
  if (!later) return std::nullopt;
  return Time{theirs - *later};
}

std::optional<Nanoseconds> PresentationClock::to_theirs(Time ours) const noexcept {
  const auto later = ahead();
  if (!later) return std::nullopt;
  return ours.time_since_epoch() + *later;
}

std::optional<Nanoseconds> from_wire(const WireTime& time) noexcept {
  const auto seconds = std::uint64_t{time.seconds_high} << 32 | time.seconds_low;
  if (seconds > most_seconds || time.nanoseconds >= nanoseconds_a_second) return std::nullopt;
  return std::chrono::seconds{static_cast<std::int64_t>(seconds)} + Nanoseconds{time.nanoseconds};
}

WireTime to_wire(Nanoseconds time) noexcept {
  const auto count = static_cast<std::uint64_t>(time.count());
  const std::uint64_t seconds = count / nanoseconds_a_second;
  return {static_cast<std::uint32_t>(seconds >> 32), static_cast<std::uint32_t>(seconds),
          static_cast<std::uint32_t>(count % nanoseconds_a_second)};
}

}  // namespace drmshow
