// The shipped ring (src/record/record_ring.hpp) with relacy's atomics, of which each access can be
// weakened, and a memory in which relacy finds writers who are not ordered.
#pragma once

// Before relacy, whose macros would change what it says.
#include <array>
#include <atomic>
#include <cstdint>

#include "record/record_ring.hpp"

// Relacy's headers in their order: what comes before thread.hpp, that as it was patched, the rest.
// clang-format off
#include <relacy/base.hpp>
#include <relacy/thread_local_ctx.hpp>
#include "relacy_thread.hpp"
#include <relacy/relacy.hpp>
// clang-format on

namespace drmshow::model {

/// Whose order is relaxed; `nowhere`: the shipped code.
inline constexpr RingSite nowhere{0xff};
inline RingSite weakened = nowhere;

/// The accesses that are left to a writer that dies; it has no effect afterwards.
inline constexpr int immortal = -1;
inline std::array<int, 4> accesses_left{};
inline bool is_dead() {
  int& left = accesses_left[static_cast<std::size_t>(rl::ctx().threadx_->index_)];
  if (left > 0) --left;
  return left == 0;
}

inline rl::memory_order order_at(RingSite site, std::memory_order order) {
  if (site == weakened) return rl::mo_relaxed;
  switch (order) {
    case std::memory_order::acquire:
      return rl::mo_acquire;
    case std::memory_order::release:
      return rl::mo_release;
    default:
      return rl::mo_relaxed;
  }
}

using Stamp = rl::atomic<std::uint64_t>;

/// A word of data. Of a cell's words only the first and the last are there: that is enough to tear
/// it. `order` is written with each, so that relacy sees whether writers are ordered: its atomics
/// have no other order than that in which they were executed.
struct Data {
  Stamp* word;
  rl::var<int>* order;
};

/// What nobody looks at while the ring is used needs no exploring.
struct Counter {
  std::uint64_t value = 0;
};

struct RelacyAtomics {
  template <RingSite site>
  static std::uint64_t load(const Stamp& word, std::memory_order order) {
    if (is_dead()) return CellStamp::busy;
    return word.load(order_at(site, order), RL_INFO);
  }
  template <RingSite site>
  static std::uint64_t load(const Data& data, std::memory_order order) {
    return data.word == nullptr ? 0 : load<site>(*data.word, order);
  }
  template <RingSite site>
  static void store(Stamp& word, std::uint64_t value, std::memory_order order) {
    if (!is_dead()) word.store(value, order_at(site, order), RL_INFO);
  }
  template <RingSite site>
  static void store(const Data& data, std::uint64_t value, std::memory_order order) {
    if (data.word == nullptr || is_dead()) return;
    (*data.order)(RL_INFO) = 1;
    data.word->store(value, order_at(site, order), RL_INFO);
  }
  template <RingSite site>
  static std::uint64_t add(Stamp& word, std::uint64_t value, std::memory_order order) {
    return is_dead() ? 0 : word.fetch_add(value, order_at(site, order), RL_INFO);
  }
  template <RingSite>
  static std::uint64_t add(Counter& counter, std::uint64_t value, std::memory_order) {
    return counter.value += value;
  }
  template <RingSite site>
  static bool exchange(Stamp& word, std::uint64_t expected, std::uint64_t value,
                       std::memory_order order) {
    if (is_dead()) return false;
    return word.compare_exchange(rl::bool_t<false>(), expected, value, order_at(site, order),
                                 rl::mo_relaxed, RL_INFO);
  }
  template <RingSite site>
  static void fence(std::memory_order order) {
    if (site != weakened && !is_dead()) rl::atomic_thread_fence(order_at(site, order), RL_INFO);
  }
};

inline constexpr std::uint64_t most_cells = 2;
inline constexpr std::uint64_t words_there = 2;  // of a cell

struct Shared {
  Stamp next;
  std::array<Stamp, most_cells> stamps;
  std::array<Stamp, most_cells * words_there> words;
  std::array<rl::var<int>, most_cells * words_there> orders;
  Counter lost;
  std::uint64_t cells = 0;

  /// Before any thread.
  void set(std::uint64_t count, std::uint64_t first_number) {
    cells = count;
    next.store(first_number, rl::mo_relaxed, RL_INFO);
    for (Stamp& stamp : stamps) stamp.store(0, rl::mo_relaxed, RL_INFO);
    for (Stamp& word : words) word.store(0, rl::mo_relaxed, RL_INFO);
    for (rl::var<int>& order : orders) order(RL_INFO) = 0;
  }
};

/// As RecordRing wants it: a word behind the last cell is one of the first.
struct RelacyMemory {
  Shared* shared;
  Stamp& next() const { return shared->next; }
  Counter& lost() const { return shared->lost; }
  Stamp& stamp(std::uint64_t place) const { return shared->stamps[place]; }
  Data word(std::uint64_t index) const {
    const std::uint64_t cell = index / words_per_cell % shared->cells;
    const std::uint64_t in_cell = index % words_per_cell;
    if (in_cell != 0 && in_cell != words_per_cell - 1) return {nullptr, nullptr};
    const std::uint64_t i = cell * words_there + (in_cell == 0 ? 0 : 1);
    return {&shared->words[i], &shared->orders[i]};
  }
};

}  // namespace drmshow::model
