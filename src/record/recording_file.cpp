#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/recording.hpp"
#include "record/process_start.hpp"
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

}  // namespace

struct RecordingFile::Impl {
  explicit Impl(const std::string& path) {
    const UniqueFd fd = open_to_read(path);
    struct stat found {};
    if (::fstat(fd.get(), &found) != 0) throw_cannot_read(path, errno);
    if (!S_ISREG(found.st_mode) || found.st_size <= 0) throw_cannot_read(path, EINVAL);
    size = static_cast<std::size_t>(found.st_size);
    void* const mapped = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, fd.get(), 0);
    if (mapped == MAP_FAILED) throw_cannot_read(path, errno);
    memory = static_cast<const std::byte*>(mapped);
  }
  ~Impl() { ::munmap(const_cast<std::byte*>(memory), size); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::span<const std::byte> file() const { return {memory, size}; }

  const std::byte* memory;
  std::size_t size;
  RecordingInfo info;
};

RecordingFile::RecordingFile(const std::string& path) : impl_{std::make_unique<Impl>(path)} {
  try {
    impl_->info = read_recording_info(impl_->file());
  } catch (const Error& error) {
    throw Error{error.failure(), path + ": " + error.what(), error.hint()};
  }
}

RecordingFile::~RecordingFile() = default;
RecordingFile::RecordingFile(RecordingFile&&) noexcept = default;
RecordingFile& RecordingFile::operator=(RecordingFile&&) noexcept = default;

const RecordingInfo& RecordingFile::info() const {
  return impl_->info;
}

RecordBatch RecordingFile::read(std::uint64_t from, Unfinished unfinished) const {
  return read_records(impl_->file(), from, unfinished);
}

// A file that was saved says still that its process runs, and another one may have its number by
// now.
bool RecordingFile::live() const {
  const RecordingInfo now = read_recording_info(impl_->file());
  return !now.ended && now.boot_id == boot_id() && now.process_start != 0 &&
         process_start(now.pid) == now.process_start;
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
