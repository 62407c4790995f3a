// Preloaded into a program that polls: tells on stderr how often it allocated memory between its
// 100th and its 500th call of ppoll, which is neither start nor end. HEAP_COUNT_FROM and
// HEAP_COUNT_TO choose others.
//
// What libraries allocate for themselves (a Vulkan driver or layer, libwayland, GLFW) is told
// apart: whose an allocation is says the stack, where the program or one of them comes first.
#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <dlfcn.h>
#include <link.h>
#include <poll.h>
#include <unwind.h>

// glibc's own, under the names that it keeps for such purposes.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {

enum class HeapUser { unknown, program, driver };

struct Code {
  std::uintptr_t begin, end;
  HeapUser whose;
};

// Written by the first poll that counts, when everything is loaded.
std::array<Code, 64> codes;
std::size_t code_count = 0;

std::atomic<bool> counts{false};
std::atomic<unsigned long> own_allocations{0};
std::atomic<unsigned long> driver_allocations{0};
thread_local bool in_unwinder = false;  // it may allocate itself

int poll_number(const char* variable, int usual) {
  const char* text = std::getenv(variable);
  return text ? std::atoi(text) : usual;
}

const int from_poll = poll_number("HEAP_COUNT_FROM", 100);
const int to_poll = poll_number("HEAP_COUNT_TO", 500);
int polls = 0;

bool is_driver(const char* library) {
  constexpr std::array names{"libvulkan", "vulkan-faults", "libwayland", "libglfw"};
  return std::any_of(names.begin(), names.end(),
                     [library](const char* name) { return std::strstr(library, name) != nullptr; });
}

int note_code(dl_phdr_info* object, std::size_t, void* first) {
  // The first one is the program.
  const bool program = std::exchange(*static_cast<bool*>(first), false);
  if (!program && !is_driver(object->dlpi_name)) return 0;
  for (int i = 0; i < object->dlpi_phnum && code_count < codes.size(); ++i) {
    const ElfW(Phdr)& part = object->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || (part.p_flags & PF_X) == 0) continue;
    const std::uintptr_t begin = object->dlpi_addr + part.p_vaddr;
    codes[code_count++] = {begin, begin + part.p_memsz,
                           program ? HeapUser::program : HeapUser::driver};
  }
  return 0;
}

HeapUser user_at(std::uintptr_t address) {
  for (std::size_t i = 0; i < code_count; ++i) {
    if (address >= codes[i].begin && address < codes[i].end) return codes[i].whose;
  }
  return HeapUser::unknown;
}

_Unwind_Reason_Code look_at_frame(_Unwind_Context* frame, void* user) {
  const HeapUser whose = user_at(_Unwind_GetIP(frame));
  *static_cast<HeapUser*>(user) = whose;
  return whose == HeapUser::unknown ? _URC_NO_REASON : _URC_END_OF_STACK;
}

void count_allocation() {
  if (!counts || in_unwinder) return;
  in_unwinder = true;
  HeapUser user = HeapUser::unknown;
  _Unwind_Backtrace(look_at_frame, &user);
  // A stack that leads nowhere is one of shaders: they have no unwind tables.
  ++(user == HeapUser::program ? own_allocations : driver_allocations);
  in_unwinder = false;
}

void report() {
  std::fprintf(stderr, "%lu allocations\n", own_allocations.load());
  if (driver_allocations > 0)
    std::fprintf(stderr, "and %lu of drivers\n", driver_allocations.load());
}

struct Complaint {
  ~Complaint() {
    if (polls < to_poll) std::fprintf(stderr, "only %d polls\n", polls);
  }
} complaint;

using Poll = int (*)(pollfd*, nfds_t, const timespec*, const sigset_t*);

Poll real_ppoll() {
  void* const found = dlsym(RTLD_NEXT, "ppoll");
  Poll function;
  std::memcpy(&function, &found, sizeof function);
  return function;
}

void begin_to_count() {
  bool first = true;
  dl_iterate_phdr(note_code, &first);
  counts = true;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) {
  count_allocation();
  return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) {
  count_allocation();
  return __libc_calloc(count, size);
}

void* realloc(void* memory, std::size_t size) {
  count_allocation();
  return __libc_realloc(memory, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  count_allocation();
  return __libc_memalign(alignment, size);
}

int ppoll(pollfd* fds, nfds_t count, const timespec* timeout, const sigset_t* mask) {
  static const Poll next = real_ppoll();
  ++polls;
  if (polls == from_poll) begin_to_count();
  if (polls == to_poll) {
    counts = false;
    report();
  }
  return next(fds, count, timeout, mask);
}
}
