// glibc's malloc hooks are gone, so malloc() itself is replaced by one that counts and passes on;
// AddressSanitizer, which replaces it as well, has a hook of its own.
#include "heap_peak.hpp"

#include <atomic>

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif

#ifdef WITH_ASAN
// As in sanitizer/allocator_interface.h, which Debian's gcc comes without.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*,
                                                                           std::size_t),
                                                         void (*on_free)(const volatile void*));
#endif

namespace drmshow::test {
namespace {

std::atomic<std::size_t> asked{0};

}  // namespace

HeapPeak::HeapPeak() : before_{asked} {
#ifdef WITH_ASAN
  static const int installed = __sanitizer_install_malloc_and_free_hooks(
      [](const volatile void*, std::size_t size) { asked += size; }, [](const volatile void*) {});
  static_cast<void>(installed);
#endif
}

std::size_t HeapPeak::bytes() const {
  return asked - before_;
}

}  // namespace drmshow::test

#ifndef WITH_ASAN
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);

void* malloc(std::size_t size) {
  drmshow::test::asked += size;
  return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) {
  drmshow::test::asked += count * size;
  return __libc_calloc(count, size);
}
}
#endif
