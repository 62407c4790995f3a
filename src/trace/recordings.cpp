#include "trace/recordings.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <tuple>

#include <sys/stat.h>

#include "base/clock_reading.hpp"
#include "base/printable.hpp"
#include "drm-show/error.hpp"
#include "record/process_start.hpp"
#include "record/state_folder.hpp"
#include "ring/time_math.hpp"
#include "trace/day_clock.hpp"

namespace drmshow {
namespace {

// In cells of 64 bytes: 64 MiB. To look for the end of a longer one would take too long for a list.
constexpr std::uint64_t most_to_read = std::uint64_t{1} << 20;

bool process_is_there(int pid) {
  return pid > 0 && (::kill(pid, 0) == 0 || errno == EPERM);
}

std::optional<Nanoseconds> since_boot(const RecordingInfo& info, Time time, Nanoseconds offset) {
  if (info.boot_id.empty() || info.boot_id != boot_id()) return std::nullopt;
  return later(time, offset).time_since_epoch();
}

RecordingEnd noted_end(const RecordingInfo& info) {
  return {.time = *info.died,
          .realtime_offset = info.died_realtime_offset,
          .since_boot = since_boot(info, *info.died, info.died_boottime_offset),
          .noted = true};
}

std::optional<RecordingEnd> end_by_records(const RecordingInfo& info,
                                           std::span<const Record> records) {
  if (records.empty()) return std::nullopt;
  const Time last = std::ranges::max_element(records, {}, &Record::time)->time;
  RecordingEnd end{.time = last, .realtime_offset = DayClock{info, records}.offset_at(last)};
  const auto notes = clock_notes(records);
  if (notes.empty()) return end;
  end.since_boot = since_boot(info, last, notes.back().boottime_offset);
  end.within = notes.back().next_within;
  return end;
}

void read_entry(const RecordingFile& file, RecordingEntry& entry) {
  const RecordingInfo& info = file.info();
  entry.pid = info.pid;
  entry.state = info.ended    ? RecordingState::ended
                : file.live() ? RecordingState::running
                              : RecordingState::died;
  entry.program = printable(info.program);
  entry.version = printable(info.version);
  entry.begin = info.begin;
  entry.realtime_offset = info.realtime_offset;
  if (entry.state == RecordingState::running) return;
  if (info.died) {
    entry.end = noted_end(info);
  } else if (info.capacity <= most_to_read) {
    entry.end = end_by_records(info, file.read().records);
  }
}

const char* environment(const char* name) {
  return std::getenv(name);  // NOLINT(concurrency-mt-unsafe)
}

// systemd gives several with colons between them.
void add_folders(const std::string& list, std::vector<std::string>& folders) {
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find(':', at), list.size());
    if (end > at) folders.push_back(list.substr(at, end - at));
    at = end + 1;
  }
}

// What else lies in such a folder is none of our business.
void add_saved(const std::string& folder, std::vector<RecordingEntry>& entries) {
  std::error_code ignored;
  for (const auto& file : std::filesystem::directory_iterator{folder, ignored}) {
    if (!file.is_regular_file(ignored)) continue;
    RecordingEntry entry = entry_of(file.path().string(), 0, RecordingPlace::saved);
    if (entry.state != RecordingState::unreadable) entries.push_back(std::move(entry));
  }
}

void sort_entries(std::vector<RecordingEntry>& entries) {
  std::ranges::stable_sort(entries, {}, [](const RecordingEntry& entry) {
    return std::tuple{entry.place, since_1970(entry, entry.begin), entry.path};
  });
}

// Then nobody need look for others.
bool names_file(const std::string& word) {
  return word != "-" && word.find_first_not_of("0123456789") != std::string::npos;
}

}  // namespace

RecordingEntry entry_of(const std::string& path, int pid, RecordingPlace place) {
  RecordingEntry entry;
  entry.path = path;
  entry.pid = pid;
  entry.place = place;
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) {
    entry.bytes = static_cast<std::uint64_t>(std::max<off_t>(0, status.st_size));
    entry.owner = status.st_uid;
  }
  try {
    read_entry(RecordingFile{path}, entry);
  } catch (const Error& error) {
    entry.state = error.failure() == Failure::no_permission ? RecordingState::forbidden
                                                            : RecordingState::unreadable;
  }
  entry.process_there = process_is_there(entry.pid);
  return entry;
}

std::vector<RecordingEntry> find_entries() {
  std::vector<RecordingEntry> entries;
  for (const FoundRecording& found : find_recordings()) {
    entries.push_back(entry_of(found.path, found.pid, RecordingPlace::memory));
  }
  for (const std::string& folder : state_folders()) add_saved(folder, entries);
  sort_entries(entries);
  return entries;
}

NowClocks now_clocks() {
  const ClockReading now = read_clocks();
  return {Nanoseconds{now.monotonic + now.realtime_offset},
          Nanoseconds{now.monotonic + now.boottime_offset}};
}

std::vector<std::string> state_folders() {
  std::vector<std::string> folders;
  if (const char* const services = environment("STATE_DIRECTORY")) add_folders(services, folders);
  folders.emplace_back(system_state_folder);
  const std::string ours = user_state_folder(environment("XDG_STATE_HOME"), environment("HOME"));
  if (!ours.empty()) folders.push_back(ours);
  std::set<std::string> seen;
  std::erase_if(folders, [&](const std::string& folder) { return !seen.insert(folder).second; });
  return folders;
}

std::string recording_to_read(const std::string& word) {
  return names_file(word) ? word : choose_recording(word, find_entries());
}

std::string recording_to_follow(const std::string& word) {
  return names_file(word) ? word : choose_to_follow(word, find_entries());
}

LoadedRecording load_recording(const std::string& word) {
  const std::string path = recording_to_read(word);
  const RecordingFile file{path};
  return {path, file.info(), file.live(), file.read()};
}

}  // namespace drmshow
