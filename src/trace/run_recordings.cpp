#include "trace/run_recordings.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

// proc(5): "1234 (name of any kind) S 1200 ..."
std::optional<pid_t> parent_of(pid_t pid) {
  std::ifstream file{fmt::format("/proc/{}/stat", pid)};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  const std::size_t end = text.rfind(") ");
  if (end == std::string::npos || end + 4 > text.size()) return std::nullopt;
  pid_t parent = 0;
  const char* const begin = text.data() + end + 4;
  const auto [at, fault] = std::from_chars(begin, text.data() + text.size(), parent);
  return fault == std::errc{} ? std::optional{parent} : std::nullopt;
}

bool descends_from(pid_t pid, pid_t ancestor) {
  constexpr int most_generations = 64;
  for (int i = 0; i < most_generations && pid > 1; ++i) {
    if (pid == ancestor) return true;
    pid = parent_of(pid).value_or(0);
  }
  return false;
}

std::size_t size_of(const RecordBatch& batch) {
  std::size_t size = sizeof(RecordBatch) + batch.records.size() * sizeof(Record);
  for (const Record& record : batch.records) size += record.payload.size();
  return size;
}

}  // namespace

RunRecordings::RunRecordings(pid_t ancestor) : ancestor_{ancestor} {}

// One that is being made just now is found whole the next time.
void RunRecordings::look_for_new() {
  for (const FoundRecording& found : find_recordings()) {
    const auto same = [&](const Followed& followed) { return followed.path == found.path; };
    if (files_.size() >= most_files || std::ranges::any_of(files_, same)) continue;
    if (!descends_from(found.pid, ancestor_)) continue;
    try {
      RecordingFile file{found.path};
      if (file.info().pid == found.pid)
        files_.push_back({.path = found.path, .file = std::move(file)});
    } catch (const Error&) {
      continue;
    }
  }
}

void RunRecordings::read_on(Followed& followed, bool running) {
  if (!followed.fault.empty()) return;
  RecordBatch batch;
  try {
    batch = running ? followed.follower.read_new(followed.file)
                    : followed.follower.read_rest(followed.file);
  } catch (const Error& error) {
    followed.fault = error.what();
    return;
  }
  if (std::exchange(followed.begun, true)) followed.missed += batch.overwritten;
  if (batch.records.empty() || full()) return;
  bytes_ += size_of(batch);
  followed.batches.push_back(std::move(batch));
}

void RunRecordings::follow() {
  look_for_new();
  for (Followed& followed : files_) read_on(followed, true);
}

void RunRecordings::finish() {
  for (Followed& followed : files_) read_on(followed, false);
}

}  // namespace drmshow
