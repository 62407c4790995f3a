// Preloaded into a program that flips: counts its flips and notes when the first one happened, in
// the file FLIP_COUNT: 64 bits each, in nanoseconds of CLOCK_MONOTONIC, and 0 before.
//
// Besides, FLIP_COUNT_SHARE=1 lets dmabufs be written by whoever maps them: Mesa's software GBM
// asks for some that cannot, and a Vulkan driver in software cannot draw into those (vkmark).
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <dlfcn.h>
#include <drm.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace {

struct Flips {
  std::atomic<std::uint64_t> count, first_ns;
};

Flips* map_flips() {
  static Flips nowhere;
  const char* path = std::getenv("FLIP_COUNT");
  const int fd = path ? ::open(path, O_RDWR | O_CLOEXEC) : -1;
  if (fd < 0) return &nowhere;
  void* memory = ::mmap(nullptr, sizeof(Flips), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  ::close(fd);
  return memory == MAP_FAILED ? &nowhere : static_cast<Flips*>(memory);
}

Flips* const flips = map_flips();

template <class Function>
Function next_of(const char* name) {
  void* const found = dlsym(RTLD_NEXT, name);
  Function function;
  std::memcpy(&function, &found, sizeof function);
  return function;
}

void note_flip() {
  timespec now{};
  if (flips->count == 0) {
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    flips->first_ns = static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u +
                      static_cast<std::uint64_t>(now.tv_nsec);
  }
  ++flips->count;
}

// What was read from anything else does not look like this.
void look_for_flips(const char* bytes, ssize_t length) {
  while (length >= static_cast<ssize_t>(sizeof(drm_event_vblank))) {
    drm_event event;
    std::memcpy(&event, bytes, sizeof event);
    if (event.type != DRM_EVENT_FLIP_COMPLETE || event.length != sizeof(drm_event_vblank)) return;
    note_flip();
    bytes += event.length;
    length -= static_cast<ssize_t>(event.length);
  }
}

}  // namespace

extern "C" {

ssize_t read(int fd, void* bytes, std::size_t size) {
  static const auto next = next_of<ssize_t (*)(int, void*, std::size_t)>("read");
  const ssize_t length = next(fd, bytes, size);
  look_for_flips(static_cast<const char*>(bytes), length);
  return length;
}

int drmPrimeHandleToFD(int fd, std::uint32_t handle, std::uint32_t flags, int* dmabuf) {
  using Share = int (*)(int, std::uint32_t, std::uint32_t, int*);
  static const auto next = next_of<Share>("drmPrimeHandleToFD");
  static const bool writable = std::getenv("FLIP_COUNT_SHARE") != nullptr;
  return next(fd, handle, writable ? flags | DRM_RDWR : flags, dmabuf);
}
}
