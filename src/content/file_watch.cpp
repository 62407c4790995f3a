#include "content/file_watch.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <span>
#include <system_error>

#include <sys/inotify.h>
#include <unistd.h>

#include "base/load.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

[[noreturn]] void fail_to_watch(const std::filesystem::path& file) {
  throw Error{Failure::bad_content, file.string() + ": cannot be watched for changes",
              "It is shown as it is.", errno};
}

}  // namespace

FileWatch::FileWatch(const std::filesystem::path& file)
    : fd_{::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)}, file_{file} {
  if (!fd_) fail_to_watch(file);
  watch(file);
  follow_link();
}

void FileWatch::follow_link() {
  watched_.resize(1);
  std::error_code nowhere;
  const auto target = std::filesystem::canonical(file_, nowhere);
  if (!nowhere && std::filesystem::is_symlink(file_, nowhere)) watch(target);
}

void FileWatch::watch(const std::filesystem::path& file) {
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path{"."};
  const int descriptor =
      ::inotify_add_watch(fd_.get(), folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR);
  if (descriptor < 0) fail_to_watch(file);
  watched_.push_back({descriptor, file.filename().string()});
}

// A link may lead elsewhere now. What it led to before stays a folder that tells of nothing wanted.
void FileWatch::follow_again() {
  try {
    follow_link();
  } catch (const Error& error) {
    static_cast<void>(error);  // it is watched as far as possible
  }
}

bool FileWatch::changed() {
  bool changed = false;
  alignas(inotify_event) std::array<std::byte, 4096> buffer;
  for (;;) {
    const auto count = ::read(fd_.get(), buffer.data(), buffer.size());
    if (count <= 0) break;  // EAGAIN: that was all
    std::span<const std::byte> rest{buffer.data(), static_cast<std::size_t>(count)};
    while (rest.size() >= sizeof(inotify_event)) {
      const auto event = load<inotify_event>(rest);
      const int folder = event.wd;  // clang captures no structs that end in an array
      const char* const name =
          reinterpret_cast<const char*>(rest.subspan(sizeof event, event.len).data());
      changed |= (event.mask & IN_Q_OVERFLOW) != 0;
      changed |= event.len != 0 && std::ranges::any_of(watched_, [&](const Watched& watched) {
                   return watched.descriptor == folder && watched.name == name;
                 });
      rest = rest.subspan(sizeof event + event.len);
    }
  }
  if (changed) follow_again();
  return changed;
}

}  // namespace drmshow
