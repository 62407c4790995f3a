#include "content/byte_source.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr std::size_t kBufferSize = 64 * 1024;

const char* kind_of(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR:
      return "a directory";
    case S_IFIFO:
      return "a named pipe";
    case S_IFCHR:
      return "a character device";
    case S_IFBLK:
      return "a block device";
    case S_IFSOCK:
      return "a socket";
    default:
      return "something else";
  }
}

[[noreturn]] void fail_to_open(const std::string& name, int errnum) {
  const char* hint = errnum == ENOENT || errnum == ENOTDIR ? "Check the name of the file."
                     : errnum == EACCES ? "Ask its owner for permission to read it."
                                        : "";
  throw Error{Failure::bad_content, name + ": cannot be opened", hint, errnum};
}

void require_regular(const std::string& name, const struct stat& status) {
  if (S_ISREG(status.st_mode)) return;
  throw Error{Failure::bad_content,
              name + ": is " + kind_of(status.st_mode) + ", not a regular file",
              "Name a regular file."};
}

}  // namespace

ByteSource ByteSource::open(const std::filesystem::path& path) {
  const std::string name = path.string();
  struct stat status {};
  // Asked before opening as well: opening some devices already has effects.
  if (::stat(path.c_str(), &status) != 0) fail_to_open(name, errno);
  require_regular(name, status);
  // O_NONBLOCK: should it have become a FIFO in between, open() must not wait for a writer.
  UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  if (!fd) fail_to_open(name, errno);
  if (::fstat(fd.get(), &status) != 0) fail_to_open(name, errno);
  require_regular(name, status);
  return ByteSource{std::move(fd)};
}

ByteSource::ByteSource(UniqueFd fd)
    : fd_{std::move(fd)}, buffer_{std::make_unique_for_overwrite<std::byte[]>(kBufferSize)} {}

std::span<const std::byte> ByteSource::ready() noexcept {
  if (ready_.empty() && fd_ && errnum_ == 0) refill();
  return ready_;
}

std::size_t ByteSource::read(std::span<std::byte> to) noexcept {
  std::size_t done = 0;
  while (done < to.size()) {
    const auto from = ready();
    if (from.empty()) break;
    const std::size_t count = std::min(from.size(), to.size() - done);
    std::copy_n(from.begin(), count, to.begin() + static_cast<std::ptrdiff_t>(done));
    consume(count);
    done += count;
  }
  return done;
}

void ByteSource::refill() noexcept {
  std::size_t have = 0;
  while (have < kBufferSize) {
    const ssize_t got = ::read(fd_.get(), buffer_.get() + have, kBufferSize - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) errnum_ = errno;
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  fetched_ += have;
  ready_ = {buffer_.get(), have};
}

}  // namespace drmshow
