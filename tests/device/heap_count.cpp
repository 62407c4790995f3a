// Preloaded into a program that polls: tells on stderr at its end how often it allocated memory
// between its 100th and its 500th call of ppoll, which is neither start nor end.
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <cstring>

#include <dlfcn.h>
#include <poll.h>

// glibc's own, under the names that it keeps for such purposes.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

std::atomic<unsigned long> allocations{0};

constexpr int from_poll = 100;
constexpr int to_poll = 500;
int polls = 0;
unsigned long at_first = 0;
unsigned long at_last = 0;

struct Report {
  ~Report() {
    if (polls < to_poll) std::fprintf(stderr, "only %d polls\n", polls);
    if (polls >= to_poll) std::fprintf(stderr, "%lu allocations\n", at_last - at_first);
  }
} report;

using Poll = int (*)(pollfd*, nfds_t, const timespec*, const sigset_t*);

Poll real_ppoll() {
  void* const found = dlsym(RTLD_NEXT, "ppoll");
  Poll function;
  std::memcpy(&function, &found, sizeof function);
  return function;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}

void* realloc(void* memory, std::size_t size) {
  ++allocations;
  return __libc_realloc(memory, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}

int ppoll(pollfd* fds, nfds_t count, const timespec* timeout, const sigset_t* mask) {
  static const Poll next = real_ppoll();
  ++polls;
  if (polls == from_poll) at_first = allocations;
  if (polls == to_poll) at_last = allocations;
  return next(fds, count, timeout, mask);
}
}
