#include "trace/gc.hpp"

#include <fmt/format.h>

#include "ring/time_math.hpp"
#include "trace/times.hpp"

namespace drmshow {
namespace {

Nanoseconds age_of(const RecordingEntry& entry, Nanoseconds now) {
  return between(Time{since_1970(entry, entry.end.value_or(entry.begin))}, Time{now});
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
  if (rules.older_than && age_of(entry, rules.now) < *rules.older_than) {
    return fmt::format("it is {} old", span_text(age_of(entry, rules.now)));
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
