#include "trace/times.hpp"

#include <cmath>
#include <cstdint>
#include <ctime>

#include <fmt/format.h>

#include "ring/time_math.hpp"

namespace drmshow {
namespace {

constexpr std::int64_t ns_a_second = 1'000'000'000;

// Rounded towards the past, so that the rest is never negative.
std::int64_t whole_seconds(std::int64_t ns) {
  return ns / ns_a_second - (ns % ns_a_second < 0 ? 1 : 0);
}

std::int64_t rest_in_us(std::int64_t ns) {
  const std::int64_t rest = ns % ns_a_second;
  return (rest < 0 ? rest + ns_a_second : rest) / 1000;
}

}  // namespace

std::string seconds_text(Nanoseconds span) {
  const std::int64_t ns = span.count();
  const std::uint64_t size =
      ns < 0 ? 0 - static_cast<std::uint64_t>(ns) : static_cast<std::uint64_t>(ns);
  return fmt::format("{}{}.{:06}", ns < 0 ? "-" : "", size / ns_a_second,
                     size % ns_a_second / 1000);
}

std::string span_text(Nanoseconds span) {
  const double seconds = std::chrono::duration<double>{span}.count();
  const double size = std::fabs(seconds);
  constexpr double minute = 60, hour = 3600, day = 86400;
  if (size < 0.00995) return fmt::format("{:.2f} ms", seconds * 1e3);
  if (size < 0.9995) return fmt::format("{:.1f} ms", seconds * 1e3);
  if (size < minute) return fmt::format("{:.1f} s", seconds);
  const auto whole = span.count() / ns_a_second;
  if (size < hour) return fmt::format("{} min {} s", whole / 60, std::abs(whole % 60));
  if (size < 2 * day) return fmt::format("{} h {} min", whole / 3600, std::abs(whole % 3600) / 60);
  return fmt::format("{} days", whole / 86400);
}

double in_milliseconds(Nanoseconds span) {
  return static_cast<double>(span.count()) / 1e6;
}

std::string wall_text(Time time, Nanoseconds realtime_offset, WallPlaces places) {
  const std::int64_t ns = later(time, realtime_offset).time_since_epoch().count();
  const std::time_t seconds = whole_seconds(ns);
  std::tm parts{};
  if (!::localtime_r(&seconds, &parts)) return "an unknown time";
  std::string text =
      fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", parts.tm_year + 1900, parts.tm_mon + 1,
                  parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
  if (places == WallPlaces::microseconds) text += fmt::format(".{:06}", rest_in_us(ns));
  return text;
}

}  // namespace drmshow
