#include "record/shared_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <new>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"

namespace drmshow {
namespace {

constexpr int most_names = 100;

std::uint64_t page_aligned(std::uint64_t size) {
  const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
  return (size + page - 1) / page * page;
}

bool is_directory(const char* path) {
  struct stat found {};
  return ::stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

[[noreturn]] void throw_no_memory(const std::string& path, int errnum) {
  throw Error{Failure::unexpected, path + ": cannot make a recording there",
              "Give it less memory (--record 64K), or none (--record off).", errnum};
}

// Exclusively, so that nobody else has it or can lead us elsewhere. A name that is taken is that of
// a process that died, whose number we have now.
UniqueFd create(const std::string& directory, std::string& path) {
  for (int i = 0; i < most_names; ++i) {
    path = fmt::format("{}/{}{}", directory, recording_prefix, ::getpid());
    if (i > 0) path += fmt::format(".{}", i);
    UniqueFd fd{::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                       S_IRUSR | S_IWUSR)};
    if (fd) return fd;
    if (errno != EEXIST) break;
  }
  throw_no_memory(path, errno);
}

}  // namespace

std::string recording_directory() {
  constexpr const char* shared_memory = "/dev/shm";
  if (is_directory(shared_memory)) return shared_memory;
  const char* const runtime = std::getenv("XDG_RUNTIME_DIR");  // NOLINT(concurrency-mt-unsafe)
  return runtime && is_directory(runtime) ? runtime : shared_memory;
}

SharedFile::SharedFile(const std::string& directory, std::uint64_t cells)
    : cells_at_{page_aligned(stamps_at() + cells * sizeof(StdAtomics::Word))},
      cells_bytes_{cells * cell_bytes} {
  const UniqueFd fd = create(directory, path_);
  try {
    // All of it now: where there is no memory left later, writing would end us by SIGBUS.
    const int errnum = ::posix_fallocate(fd.get(), 0, static_cast<off_t>(cells_at_ + cells_bytes_));
    if (errnum != 0) throw_no_memory(path_, errnum);
    map(fd.get());
  } catch (...) {
    remove();
    throw;
  }
}

SharedFile::~SharedFile() {
  ::munmap(base_, cells_at_ + 2 * cells_bytes_);
}

std::uint64_t SharedFile::stamps_at() const {
  return page_aligned(sizeof(RecordingHeader));
}

void SharedFile::map(int fd) {
  const std::size_t whole = cells_at_ + 2 * cells_bytes_;
  void* const place = ::mmap(nullptr, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) throw_no_memory(path_, errno);
  base_ = static_cast<std::byte*>(place);
  const auto put = [&](std::uint64_t to, std::size_t size, std::uint64_t from) {
    return ::mmap(base_ + to, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED | MAP_POPULATE,
                  fd, static_cast<off_t>(from)) != MAP_FAILED;
  };
  if (!put(0, cells_at_ + cells_bytes_, 0) ||
      !put(cells_at_ + cells_bytes_, cells_bytes_, cells_at_)) {
    const int errnum = errno;
    ::munmap(place, whole);
    throw_no_memory(path_, errnum);
  }
  new (base_) RecordingHeader{};
}

void SharedFile::remove() noexcept {
  if (!path_.empty()) ::unlink(path_.c_str());
  path_.clear();
}

}  // namespace drmshow
