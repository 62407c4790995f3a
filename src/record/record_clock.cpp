#include "record/record_clock.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string_view>

#include <fcntl.h>
#include <unistd.h>

#include "drm-show/fd.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#include <x86intrin.h>
#endif

namespace drmshow {

#if defined(__x86_64__)
namespace {

using Cycles = std::uint64_t;

constexpr std::int64_t shortest_baseline = 1'000'000;  // ns
constexpr std::int64_t longest_trust = 100'000'000;    // ns
constexpr std::int64_t longest_baseline = 10 * longest_trust;
// Between two looks at the counter: more, and somebody else has run in between.
constexpr Cycles longest_look = 5'000;
constexpr int fraction_bits = 32;
// A product of both fits into 64 bits.
constexpr std::uint64_t greatest_rate = std::uint64_t{2} << fraction_bits;
constexpr Cycles most_cycles = Cycles{1} << 30;

// A thread's own. valid: cycles from begin for which rate can be trusted; 0: not known. Not to be
// used while `changing`, which a signal handler may see.
struct Anchor {
  Cycles begin = 0;
  std::int64_t begin_ns = 0;
  std::uint64_t rate = 0;  // ns for each cycle, in 2^-32
  Cycles valid = 0;
  bool changing = false;
};
[[gnu::tls_model("initial-exec")]] thread_local Anchor anchor;

std::int64_t kernel_ns() {
  return Clock::now().time_since_epoch().count();
}

Time at(std::int64_t ns) {
  return Time{Nanoseconds{ns}};
}

// From the last look at both clocks to this one: how fast the counter is. Trusted for as long
// again.
void measure(Cycles cycles, std::int64_t ns) {
  const std::int64_t baseline = ns - anchor.begin_ns;
  if (anchor.begin != 0 && baseline < shortest_baseline && anchor.valid == 0) return;
  anchor.valid = 0;
  if (anchor.begin != 0 && baseline >= shortest_baseline && baseline < longest_baseline &&
      cycles > anchor.begin) {
    const Cycles passed = cycles - anchor.begin;
    const auto length = static_cast<std::uint64_t>(baseline);
    anchor.rate = (length << fraction_bits) / passed;
    const Cycles trusted =
        baseline < longest_trust ? passed : passed * std::uint64_t{longest_trust} / length;
    if (anchor.rate < greatest_rate) anchor.valid = std::min(trusted, most_cycles);
  }
  anchor.begin = cycles;
  anchor.begin_ns = ns;
}

Time look_at_kernel_clock() {
  const Cycles before = __rdtsc();
  const std::int64_t ns = kernel_ns();
  const Cycles after = __rdtsc();
  if (anchor.changing || after - before > longest_look) return at(ns);
  anchor.changing = true;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  measure(before + (after - before) / 2, ns);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  anchor.changing = false;
  return at(ns);
}

bool has_invariant_counter() {
  constexpr unsigned int power_leaf = 0x80000007;  // Intel SDM, CPUID: "invariant TSC"
  constexpr unsigned int invariant = 1u << 8;
  unsigned int a = 0;
  unsigned int b = 0;
  unsigned int c = 0;
  unsigned int d = 0;
  return __get_cpuid(power_leaf, &a, &b, &c, &d) != 0 && (d & invariant) != 0;
}

bool kernel_uses_counter() {
  const UniqueFd file{::open("/sys/devices/system/clocksource/clocksource0/current_clocksource",
                             O_RDONLY | O_CLOEXEC)};
  char text[16];
  const auto size = file ? ::read(file.get(), text, sizeof text) : 0;
  return size > 0 && std::string_view{text, static_cast<std::size_t>(size)} == "tsc\n";
}

// Before main() or when the library is loaded: a signal handler must not be the first to ask.
const bool cycles_are_safe = has_invariant_counter() && kernel_uses_counter();

}  // namespace

bool counts_cycles() noexcept {
  return cycles_are_safe;
}

Time record_now() noexcept {
  if (!cycles_are_safe) return Clock::now();
  const Cycles begin = anchor.begin;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  const Cycles passed = __rdtsc() - begin;
  if (passed >= anchor.valid) return look_at_kernel_clock();
  const auto ns = static_cast<std::int64_t>((passed * anchor.rate) >> fraction_bits);
  const Time now = at(anchor.begin_ns + ns);
  std::atomic_signal_fence(std::memory_order_seq_cst);
  // A signal handler may have measured in between: no two anchors begin at the same cycle.
  if (anchor.begin != begin || anchor.changing) return look_at_kernel_clock();
  return now;
}

#else

bool counts_cycles() noexcept {
  return false;
}

Time record_now() noexcept {
  return Clock::now();
}

#endif

}  // namespace drmshow
