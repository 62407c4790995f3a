// What the explored writers and readers do, and what has to be true.
#pragma once

#include "relacy_ring.hpp"

namespace drmshow::model {

/// A record's words say which it is, and of how many cells.
struct Words {
  std::uint64_t number;
  std::uint64_t count;
  std::uint64_t operator()(std::uint64_t) const { return number * 4 + count; }
};

/// `attempts`: as few as the case needs, since each is a world of its own.
template <class Derived, int threads, int attempts>
struct RingCase : rl::test_suite<Derived, threads> {
  using Ring = RecordRing<RelacyAtomics, RelacyMemory, attempts>;

  Shared shared;
  // Written records, by the name that is their words' number.
  std::array<bool, 8> written{};

  Ring ring() { return Ring{RelacyMemory{&shared}, shared.cells}; }

  void begin(std::uint64_t cells, std::uint64_t next) {
    accesses_left.fill(immortal);
    shared.set(cells, next);
  }

  bool write(std::uint64_t name, std::uint64_t count) {
    const bool done = ring().write(count, Words{name, count});
    written[name] = done;
    return done;
  }

  /// The name of the record that begins there; 0: none. Fails if it is not whole, or another's.
  std::uint64_t read(std::uint64_t number, std::uint64_t most) {
    std::uint64_t first = 0;
    bool mixed = false;
    const auto cells = [&] { return std::clamp<std::uint64_t>(first % 4, 1, most); };
    const auto take = [&](std::uint64_t i, std::uint64_t word) {
      if (i % words_per_cell != 0 && i % words_per_cell != words_per_cell - 1) return;
      if (i == 0) first = word;
      mixed = mixed || word != first;
    };
    if (ring().read(number, cells, take) != CellFound::record) return 0;
    RL_ASSERT(!mixed && first >= 4 && first % 4 <= most);
    return first / 4;
  }

  /// At the end: the last that were written are there.
  std::uint64_t readable(std::uint64_t first, std::uint64_t end, std::uint64_t most) {
    std::uint64_t count = 0;
    for (std::uint64_t number = first; number < end; ++number) {
      const std::uint64_t name = read(number, most);
      RL_ASSERT(name == 0 || written[name]);
      if (name != 0) ++count;
    }
    return count;
  }
};

/// One cell, two writers, and a reader who looks at either number.
struct Overwriting : RingCase<Overwriting, 3, 2> {
  static constexpr unsigned switches = 0;
  void before() { begin(1, 1); }
  void thread(unsigned me) {
    if (me < 2) {
      write(me + 1, 1);
    } else {
      read(1 + rl::rand(2), 1);
    }
  }
  void after() { RL_ASSERT(readable(1, 6, 1) == 1); }
};

/// A record of two cells, into which another writes.
struct TwoCells : RingCase<TwoCells, 2, 3> {
  static constexpr unsigned switches = 0;
  void before() { begin(2, 2); }
  void thread(unsigned me) { write(me + 1, me == 0 ? 2 : 1); }
  void after() {
    RL_ASSERT(written[1] || written[2]);
    RL_ASSERT(readable(2, 12, 2) >= 1);
  }
};

/// Two of two cells, over each other, and a reader.
struct TwoCellsRead : RingCase<TwoCellsRead, 3, 2> {
  static constexpr unsigned switches = 4;
  void before() { begin(2, 2); }
  void thread(unsigned me) {
    if (me < 2) {
      write(me + 1, 2);
    } else {
      read(2 + 2 * rl::rand(2), 2);
    }
  }
  void after() { RL_ASSERT(readable(2, 12, 2) == 1); }
};

/// The second cell is that of a dead writer. What was written in the first is claimed by who wants
/// both, and given back; then another takes it.
struct GivenBack : RingCase<GivenBack, 3, 1> {
  static constexpr unsigned switches = 5;
  void before() {
    begin(2, 2);
    shared.stamps[1].store(CellStamp::make(1, CellStamp::busy), rl::mo_relaxed, RL_INFO);
  }
  void thread(unsigned me) {
    if (me == 0) {
      write(1, 1);
      write(2, 1);  // goes past the dead one
    } else if (me == 1) {
      write(3, 2);
    } else {
      write(4, 1);
    }
  }
  void after() { readable(2, 12, 2); }
};

/// One writes as often as it takes to lap the other, whenever that sleeps.
struct Lapped : RingCase<Lapped, 3, 2> {
  static constexpr unsigned switches = 4;
  void before() { begin(1, 1); }
  void thread(unsigned me) {
    if (me == 0) {
      write(1, 1);
    } else if (me == 1) {
      write(2, 1);
      write(3, 1);
    } else {
      read(1 + rl::rand(3), 1);
    }
  }
  void after() { RL_ASSERT(readable(1, 9, 1) == 1); }
};

/// A writer dies at any of its accesses. The other one gets its record written, and what both of
/// them have said to be written is there.
struct Dying : RingCase<Dying, 3, 3> {
  static constexpr unsigned switches = 4;
  void before() {
    begin(2, 2);
    accesses_left[0] = 1 + static_cast<int>(rl::rand(7));
  }
  void thread(unsigned me) {
    if (me == 0) {
      ring().write(1, Words{1, 1});
      accesses_left[0] = immortal;
    } else if (me == 1) {
      RL_ASSERT(write(2, 1));
      RL_ASSERT(write(3, 1));
    } else {
      read(2 + rl::rand(2), 1);
    }
  }
  void after() {
    written[1] = true;  // if it got so far
    RL_ASSERT(readable(2, 12, 1) >= 1);
  }
};

}  // namespace drmshow::model
