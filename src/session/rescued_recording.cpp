#include "session/rescued_recording.hpp"

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <span>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock_reading.hpp"
#include "base/write_all.hpp"
#include "drm-show/fd.hpp"
#include "record/record_format.hpp"

namespace drmshow {
namespace {

constexpr std::size_t chunk_bytes = 16'384;  // on the stack

// The folders above it, too.
void make_folders(std::array<char, 512> path) noexcept {
  for (std::size_t i = 1; i < path.size() && path[i] != 0; ++i) {
    if (path[i] != '/') continue;
    path[i] = 0;
    ::mkdir(path.data(), S_IRWXU);
    path[i] = '/';
  }
  ::mkdir(path.data(), S_IRWXU);
}

// In one that somebody else may write to, what is saved could be replaced or removed. Others may
// look into it: the file itself is ours alone.
bool is_ours(int folder) noexcept {
  struct stat found {};
  return ::fstat(folder, &found) == 0 && found.st_uid == ::geteuid() &&
         (found.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

// Where the header of a recording says it. What is none stays as it is, and what is dead already
// stays dead since then.
void note_death(std::span<char> beginning) noexcept {
  const auto at = [&](std::size_t offset) { return beginning.data() + offset; };
  constexpr auto magic = RecordingHeader::right_magic;
  std::int64_t died = 0;
  if (beginning.size() < sizeof(RecordingHeader) ||
      std::memcmp(beginning.data(), magic.data(), magic.size()) != 0) {
    return;
  }
  std::memcpy(&died, at(offsetof(RecordingHeader, died_ns)), sizeof died);
  if (died != 0) return;
  const ClockReading now = read_clocks();
  const auto put_number = [&](std::size_t offset, std::int64_t number) {
    std::memcpy(at(offset), &number, sizeof number);
  };
  put_number(offsetof(RecordingHeader, died_ns), now.monotonic);
  put_number(offsetof(RecordingHeader, died_realtime_offset_ns), now.realtime_offset);
  put_number(offsetof(RecordingHeader, died_boottime_offset_ns), now.boottime_offset);
}

int copy(int from, int to) noexcept {
  std::array<char, chunk_bytes> chunk;
  for (bool first = true;; first = false) {
    const ssize_t count = ::read(from, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) return ::fsync(to) == 0 ? 0 : errno;
    if (first) note_death(std::span{chunk}.first(static_cast<std::size_t>(count)));
    const int errnum = write_all(to, {chunk.data(), static_cast<std::size_t>(count)});
    if (errnum != 0) return errnum;
  }
}

int copy_into(int folder, const RecordingRescue& rescue) noexcept {
  const UniqueFd from{::open(rescue.from.data(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC)};
  if (!from) return errno;
  const UniqueFd to{::openat(folder, rescue.name.data(),
                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                             S_IRUSR | S_IWUSR)};
  if (!to) return errno;
  const int errnum = copy(from.get(), to.get());
  if (errnum != 0) ::unlinkat(folder, rescue.name.data(), 0);
  return errnum;
}

}  // namespace

int save(const RecordingRescue& rescue) noexcept {
  if (!rescue.wanted() || rescue.folder[0] == 0) return ENOENT;
  make_folders(rescue.folder);
  const UniqueFd folder{::open(rescue.folder.data(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (!folder) return errno;
  if (!is_ours(folder.get())) return EPERM;
  const int errnum = copy_into(folder.get(), rescue);
  if (errnum != 0) return errnum;
  ::fsync(folder.get());
  ::unlink(rescue.from.data());
  if (rescue.oldest[0] != 0) ::unlinkat(folder.get(), rescue.oldest.data(), 0);
  return 0;
}

}  // namespace drmshow
