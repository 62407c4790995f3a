// Preloaded into a Wayland client: counts the frames that it commits and notes when the first one
// was, in the file COMMIT_COUNT: 64 bits each, in nanoseconds of CLOCK_MONOTONIC, and 0 before.
//
// A frame is a commit of a surface that was given a buffer since its last one and asks for frame
// callbacks: decorations and cursors do not. Read off the bytes that libwayland sends, whoever
// linked or loaded it.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string_view>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

struct Commits {
  std::atomic<std::uint64_t> count, first_ns;
};

Commits* map_commits() {
  static Commits nowhere;
  const char* path = std::getenv("COMMIT_COUNT");
  const int fd = path ? ::open(path, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return &nowhere;
  void* memory = ::mmap(nullptr, sizeof(Commits), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  ::close(fd);
  return memory == MAP_FAILED ? &nowhere : static_cast<Commits*>(memory);
}

Commits* const commits = map_commits();

void note_frame() {
  if (commits->count == 0) {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    commits->first_ns = static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u +
                        static_cast<std::uint64_t>(now.tv_nsec);
  }
  ++commits->count;
}

struct Header {
  std::uint32_t object;
  std::uint32_t opcode : 16, size : 16;
};
static_assert(sizeof(Header) == 8);

// Requests of wl_surface, with the sizes of their messages; no other object has all three.
constexpr std::uint32_t attach = 1, attach_size = 20;
constexpr std::uint32_t frame = 3, frame_size = 12;
constexpr std::uint32_t commit = 6, commit_size = 8;

struct Surface {
  std::uint32_t object;  // 0: none
  bool asks_for_callbacks;
  bool has_new_buffer;
};

// Objects that were sent something like attach or frame.
Surface* surface_of(std::uint32_t object) {
  static std::array<Surface, 64> surfaces{};
  const auto found = std::find_if(surfaces.begin(), surfaces.end(), [&](const Surface& surface) {
    return surface.object == object || surface.object == 0;
  });
  if (found == surfaces.end()) return nullptr;
  found->object = object;
  return &*found;
}

void look_at(const Header& message) {
  const auto is = [&](std::uint32_t opcode, std::uint32_t size) {
    return message.opcode == opcode && message.size == size;
  };
  if (!is(attach, attach_size) && !is(frame, frame_size) && !is(commit, commit_size)) return;
  Surface* const surface = surface_of(message.object);
  if (!surface) return;
  if (message.opcode == attach) surface->has_new_buffer = true;
  if (message.opcode == frame) surface->asks_for_callbacks = true;
  if (message.opcode != commit) return;
  if (surface->has_new_buffer && surface->asks_for_callbacks) note_frame();
  surface->has_new_buffer = false;
}

// Messages may be cut anywhere, by the end of libwayland's ring buffer or a full socket.
class Stream {
 public:
  void add(const char* bytes, std::size_t count) {
    while (count > 0) {
      const std::size_t taken = std::min(count, skip_ > 0 ? skip_ : sizeof header_ - have_);
      if (skip_ > 0) {
        skip_ -= taken;
      } else {
        std::memcpy(reinterpret_cast<char*>(&header_) + have_, bytes, taken);
        have_ += taken;
        if (have_ == sizeof header_) finish_header();
      }
      bytes += taken;
      count -= taken;
    }
  }

 private:
  void finish_header() {
    look_at(header_);
    have_ = 0;
    skip_ = std::max<std::size_t>(header_.size, sizeof header_) - sizeof header_;
  }

  Header header_{};
  std::size_t have_ = 0, skip_ = 0;
};

bool is_compositor(int fd) {
  sockaddr_un peer{};
  socklen_t length = sizeof peer;
  if (::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &length) != 0) return false;
  return peer.sun_family == AF_UNIX &&
         std::string_view{peer.sun_path}.find("/wayland-") != std::string_view::npos;
}

// libwayland sends under its own lock, and these clients have one connection each.
void look_into(int fd, const msghdr& message, ssize_t sent) {
  static Stream stream;
  static int compositor = -1;
  if (compositor < 0 && is_compositor(fd)) compositor = fd;
  if (fd != compositor) return;
  auto left = static_cast<std::size_t>(std::max<ssize_t>(sent, 0));
  for (std::size_t i = 0; i < message.msg_iovlen && left > 0; ++i) {
    const iovec& piece = message.msg_iov[i];
    const std::size_t count = std::min(left, piece.iov_len);
    stream.add(static_cast<const char*>(piece.iov_base), count);
    left -= count;
  }
}

}  // namespace

extern "C" ssize_t sendmsg(int fd, const msghdr* message, int flags) {
  using Send = ssize_t (*)(int, const msghdr*, int);
  static const Send next = reinterpret_cast<Send>(dlsym(RTLD_NEXT, "sendmsg"));
  const ssize_t sent = next(fd, message, flags);
  look_into(fd, *message, sent);
  return sent;
}
