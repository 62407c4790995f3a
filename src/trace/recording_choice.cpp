#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "trace/recording_entry.hpp"

namespace drmshow {
namespace {

using Candidates = std::vector<const RecordingEntry*>;

constexpr std::size_t most_candidates = 12;  // that an error message lists

std::string candidates_text(const Candidates& candidates) {
  std::string text;
  for (std::size_t i = 0; i < std::min(candidates.size(), most_candidates); ++i) {
    const RecordingEntry& entry = *candidates[i];
    text += fmt::format("\n  {}  {}  {}", entry.pid, entry.program, entry.path);
  }
  if (candidates.size() > most_candidates)
    text += fmt::format("\n  and {} more", candidates.size() - most_candidates);
  return text;
}

template <class Predicate>
Candidates those(std::span<const RecordingEntry> entries, const Predicate& predicate) {
  Candidates found;
  for (const RecordingEntry& entry : entries) {
    if (predicate(entry)) found.push_back(&entry);
  }
  return found;
}

[[noreturn]] void throw_several(const std::string& what, const Candidates& candidates) {
  throw Error{Failure::usage, what,
              "Say which one, by its PID or file:" + candidates_text(candidates)};
}

// Of a process that has several: the running one; of saved ones, the newest.
std::string of_process(int pid, std::span<const RecordingEntry> entries) {
  const auto with_pid = [&](RecordingPlace place) {
    return those(entries, [&](const RecordingEntry& entry) {
      return entry.pid == pid && entry.place == place;
    });
  };
  Candidates found = with_pid(RecordingPlace::memory);
  if (found.size() > 1) {
    Candidates running;
    std::ranges::copy_if(found, std::back_inserter(running), [](const RecordingEntry* entry) {
      return entry->state == RecordingState::running;
    });
    if (running.size() != 1)
      throw_several(fmt::format("PID {} has several recordings", pid), found);
    found = running;
  }
  if (found.empty()) found = with_pid(RecordingPlace::saved);
  if (found.empty()) {
    throw Error{Failure::not_found, fmt::format("there is no recording of PID {}", pid),
                "drm-trace list shows those that there are. A program that ends in order removes "
                "its own."};
  }
  const auto began = [](const RecordingEntry* entry) { return since_1970(*entry, entry->begin); };
  return (*std::ranges::max_element(found, {}, began))->path;
}

bool can_be_read(const RecordingEntry& entry) {
  return entry.state != RecordingState::forbidden && entry.state != RecordingState::unreadable;
}

std::string the_only_one(std::span<const RecordingEntry> entries) {
  for (const RecordingPlace place : {RecordingPlace::memory, RecordingPlace::saved}) {
    const Candidates found = those(entries, [&](const RecordingEntry& entry) {
      return entry.place == place && can_be_read(entry);
    });
    if (found.size() > 1) {
      throw_several(fmt::format("there are {} recordings", found.size()), found);
    }
    if (found.size() == 1) return found.front()->path;
  }
  if (!entries.empty()) {
    throw Error{Failure::no_permission, "there are recordings, but none that can be read",
                "A recording is for the user alone who ran the program, and for root: see "
                "drm-trace list."};
  }
  throw Error{Failure::not_found, "there are no recordings",
              "drm-show makes one while it runs (unless --record is off), and leaves it behind if "
              "it dies."};
}

}  // namespace

std::string choose_recording(std::string_view word, std::span<const RecordingEntry> entries) {
  if (word.empty() || word == "-") return the_only_one(entries);
  if (!std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::string{word};
  }
  int pid = 0;
  const auto end = std::from_chars(word.data(), word.data() + word.size(), pid);
  if (end.ec != std::errc{}) {
    throw Error{Failure::not_found, fmt::format("there is no process {}", word),
                "A file with such a name is ./" + std::string{word} + "."};
  }
  return of_process(pid, entries);
}

std::string choose_to_follow(std::string_view word, std::span<const RecordingEntry> entries) {
  if (!word.empty() && word != "-") return choose_recording(word, entries);
  const Candidates running = those(
      entries, [](const RecordingEntry& entry) { return entry.state == RecordingState::running; });
  if (running.size() > 1) {
    throw_several(fmt::format("{} programs are recording", running.size()), running);
  }
  return running.empty() ? the_only_one(entries) : running.front()->path;
}

}  // namespace drmshow
