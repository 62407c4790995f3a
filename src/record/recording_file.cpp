#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <filesystem>

#include <fcntl.h>
#include <sys/stat.h>

#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/recording.hpp"
#include "record/copied_cells.hpp"
#include "record/process_start.hpp"
#include "record/record_collector.hpp"
#include "record/record_format.hpp"
#include "record/recording_layout.hpp"
#include "record/shared_file.hpp"

namespace drmshow {
namespace {

[[noreturn]] void throw_cannot_read(const std::string& path, int errnum) {
  const bool missing = errnum == ENOENT;
  const bool forbidden = errnum == EACCES || errnum == EPERM;
  throw Error{missing     ? Failure::not_found
              : forbidden ? Failure::no_permission
                          : Failure::bad_content,
              path + ": cannot be read",
              forbidden ? "A recording is for the user alone who ran the program, and for root."
                        : "drm-trace list shows those that there are.",
              errnum};
}

// A pipe in its place does not keep us waiting.
UniqueFd open_to_read(const std::string& path) {
  UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (!fd) throw_cannot_read(path, errno);
  return fd;
}

using CopyRing = RecordRing<CopyAtomics, CopiedMemory>;

std::uint64_t size_of(int file) {
  struct stat found {};
  if (::fstat(file, &found) != 0) throw Error{Failure::bad_content, "cannot be read", {}, errno};
  return static_cast<std::uint64_t>(std::max<off_t>(0, found.st_size));
}

// Not of a pipe, which would keep us waiting, or a device.
bool is_regular(int file) {
  struct stat found {};
  return ::fstat(file, &found) == 0 && S_ISREG(found.st_mode) && found.st_size > 0;
}

// Somebody may write there and have made it shorter by now.
std::uint64_t next_in(int file) {
  std::uint64_t next = 0;
  read_exactly(file, &next, sizeof next, offsetof(RecordingHeader, next));
  return next;
}

template <class Do>
auto with_path(const std::string& path, const Do& act) {
  try {
    return act();
  } catch (const Error& error) {
    throw Error{error.failure(), path + ": " + error.what(), error.hint()};
  }
}

}  // namespace

struct RecordingFile::Impl {
  explicit Impl(const std::string& name) : path{name}, fd{open_to_read(name)} {
    if (!is_regular(fd.get())) throw_cannot_read(path, EINVAL);
    with_path(path, [&] {
      RecordingHeader header;
      read_exactly(fd.get(), &header, sizeof header, 0);
      info = recording_info(header, size_of(fd.get()));
      layout = checked_layout(header, size_of(fd.get()));
    });
  }

  RecordBatch read(std::uint64_t from, Unfinished unfinished, std::uint64_t given_up) const {
    RecordBatch batch;
    // If one was copied while it changed it may be too high; then the other one is not.
    const std::uint64_t next = next_in(fd.get());
    batch.next = std::min(next, next_in(fd.get()));
    read_exactly(fd.get(), &batch.lost, sizeof batch.lost, offsetof(RecordingHeader, lost));
    CopiedCells cells{fd.get(), layout, batch.next};
    const CopyRing ring{CopiedMemory{&cells}, layout.cells};
    const auto prepare = [&](std::uint64_t begin, std::uint64_t end) {
      return cells.cover(begin, end);
    };
    RecordCollector{ring, prepare, batch}.collect(from, unfinished, given_up);
    return batch;
  }

  std::string path;
  UniqueFd fd;
  RecordingLayout layout{};
  RecordingInfo info;
};

RecordingFile::RecordingFile(const std::string& path) : impl_{std::make_unique<Impl>(path)} {}

RecordingFile::~RecordingFile() = default;
RecordingFile::RecordingFile(RecordingFile&&) noexcept = default;
RecordingFile& RecordingFile::operator=(RecordingFile&&) noexcept = default;

const RecordingInfo& RecordingFile::info() const {
  return impl_->info;
}

RecordBatch RecordingFile::read(std::uint64_t from, Unfinished unfinished,
                                std::uint64_t given_up) const {
  return with_path(impl_->path, [&] { return impl_->read(from, unfinished, given_up); });
}

// A file that was saved says still that its process runs, and another one may have its number by
// now.
bool RecordingFile::live() const {
  const RecordingInfo& info = impl_->info;
  std::uint32_t ended = 0;
  with_path(impl_->path, [&] {
    read_exactly(impl_->fd.get(), &ended, sizeof ended, offsetof(RecordingHeader, ended));
  });
  return ended == 0 && info.boot_id == boot_id() && info.process_start != 0 &&
         process_start(info.pid) == info.process_start;
}

namespace {

std::optional<int> pid_in_name(const std::string& name) {
  const std::string_view prefix{recording_prefix};
  if (!name.starts_with(prefix)) return std::nullopt;
  int pid = 0;
  const char* const begin = name.data() + prefix.size();
  const auto end = std::from_chars(begin, name.data() + name.size(), pid);
  return end.ec == std::errc{} ? std::optional{pid} : std::nullopt;
}

}  // namespace

std::vector<FoundRecording> find_recordings() {
  std::vector<FoundRecording> found;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator{recording_directory(), ignored}) {
    // Anybody may make a folder or a link of such a name there: that is no recorder's.
    const bool file = entry.symlink_status(ignored).type() == std::filesystem::file_type::regular;
    const auto pid = pid_in_name(entry.path().filename().string());
    if (file && pid) {
      found.push_back({entry.path().string(), *pid});
    }
  }
  std::ranges::sort(found, {}, &FoundRecording::path);
  return found;
}

}  // namespace drmshow
