#include "trace/gc.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ring/time_math.hpp"
#include "trace/times.hpp"

namespace drmshow {
namespace {

constexpr Nanoseconds longest_promise = std::chrono::hours{24};  // a file may say anything

// How long it has been dead at least. Who wrote a record and promised the next one within a minute
// may have lived so much longer.
Nanoseconds least_age(const RecordingEntry& entry, const NowClocks& now) {
  const RecordingEnd end = entry.end.value_or(RecordingEnd{entry.begin, entry.realtime_offset});
  return std::max(age_of(end, now) - std::clamp(end.within, Nanoseconds{}, longest_promise),
                  Nanoseconds{});
}

std::optional<std::string> reason_to_keep(const RecordingEntry& entry, const GcRules& rules) {
  if (entry.state == RecordingState::running) {
    return fmt::format("PID {} is still recording", entry.pid);
  }
  if (rules.user != 0 && entry.owner != rules.user) {
    return fmt::format("it belongs to user {}", entry.owner);
  }
  if (entry.state == RecordingState::forbidden) return "it cannot be read";
  // Its program may be about to make it, and it has no time.
  if (entry.state == RecordingState::unreadable && (entry.process_there || rules.older_than)) {
    return entry.process_there ? "it cannot be read, and its program may be alive"
                               : "it cannot be read, and its age is not known";
  }
  if (entry.place == RecordingPlace::saved && !rules.older_than) {
    return "it was saved: --older-than removes such, too";
  }
  if (rules.older_than && least_age(entry, rules.now) < *rules.older_than) {
    return fmt::format("it is {} old", span_text(least_age(entry, rules.now)));
  }
  return std::nullopt;
}

}  // namespace

GcDecision decide_gc(const RecordingEntry& entry, const GcRules& rules) {
  if (auto keep = reason_to_keep(entry, rules)) return {false, std::move(*keep)};
  switch (entry.state) {
    case RecordingState::ended:
      return {true, fmt::format("PID {} has ended", entry.pid)};
    case RecordingState::unreadable:
      return {true, "it cannot be read, and no such process is there"};
    default:
      return {true, fmt::format("PID {} has died", entry.pid)};
  }
}

}  // namespace drmshow
