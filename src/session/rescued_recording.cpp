#include "session/rescued_recording.hpp"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/write_all.hpp"
#include "drm-show/fd.hpp"

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

// One of somebody else's could have anything in it, and be read by anybody.
bool is_ours(int folder) noexcept {
  struct stat found {};
  return ::fstat(folder, &found) == 0 && found.st_uid == ::geteuid();
}

int copy(int from, int to) noexcept {
  std::array<char, chunk_bytes> chunk;
  for (;;) {
    const ssize_t count = ::read(from, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    if (count == 0) return ::fsync(to) == 0 ? 0 : errno;
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
