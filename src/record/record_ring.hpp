// The ring of a flight recorder: many writers, no locks, and a reader who only looks. Pure, and
// templated on the atomics: tests/model/record explores this very code under the C++ memory model.
//
// The ring has cells of 64 bytes. A record takes one or more that follow each other. Each cell has
// a stamp, a word that says which record it belongs to, and whether that is whole. The number of a
// cell (its sequence) is never used twice: cell n lies at place n modulo the size, and takes it
// from cell n minus the size.
//
//   write: reserve numbers (fetch_add) → claim each cell (its stamp becomes busy, by compare and
//          exchange, so that a writer who slept for a whole round cannot write into what is
//          another's by now) → fill → commit: the stamps of the cells behind the first, then that
//          of the first
//   read:  stamp → data → stamp again, as with a seqlock of each cell by itself
//
// A writer that finds a cell busy, or taken by a later one, takes new numbers: it never waits. One
// that died there leaves a cell that nobody uses again, and nothing else.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace drmshow {

inline constexpr std::uint64_t words_per_cell = 8;

/// Stamps. The two low bits are the state.
struct CellStamp {
  enum State : std::uint64_t {
    empty = 0,  ///< nothing, or given back
    busy = 1,   ///< is written into
    first = 2,  ///< whole: the first cell of a record
    more = 3,   ///< whole: of a record that began before
  };
  static constexpr std::uint64_t make(std::uint64_t number, State state) {
    return number << 2 | state;
  }
  static constexpr std::uint64_t number(std::uint64_t stamp) { return stamp >> 2; }
  static constexpr State state(std::uint64_t stamp) { return static_cast<State>(stamp & 3); }
};

/// Where in the protocol an access is: for tests, which weaken one of them at a time.
enum class RingSite : std::uint8_t {
  reserve,
  look,
  claim,
  claimed,  // the fence behind it
  fill,
  commit_more,
  commit,
  give_back,
  lose,
  read_next,
  read_stamp,
  read_data,
  read_end,  // the fence before
  read_again,
};

/// The atomics of the shipped ring.
struct StdAtomics {
  using Word = std::atomic<std::uint64_t>;
  static_assert(Word::is_always_lock_free && sizeof(Word) == 8, "shared between processes");

  template <RingSite>
  static std::uint64_t load(const Word& word, std::memory_order order) noexcept {
    return word.load(order);
  }
  template <RingSite>
  static void store(Word& word, std::uint64_t value, std::memory_order order) noexcept {
    word.store(value, order);
  }
  template <RingSite>
  static std::uint64_t add(Word& word, std::uint64_t value, std::memory_order order) noexcept {
    return word.fetch_add(value, order);
  }
  template <RingSite>
  static bool exchange(Word& word, std::uint64_t expected, std::uint64_t value,
                       std::memory_order order) noexcept {
    return word.compare_exchange_strong(expected, value, order, std::memory_order_relaxed);
  }
  template <RingSite>
  static void fence(std::memory_order order) noexcept {
    std::atomic_thread_fence(order);
  }
};

/// What there is at a number.
enum class CellFound : std::uint8_t {
  record,       ///< a whole record begins there
  inside,       ///< another cell of a record
  unfinished,   ///< its writer has not committed it, and perhaps never will
  overwritten,  ///< it was, or is being, taken by a later one
};

/// Memory has, for a place from 0 on: next(), lost(), stamp(place), word(index). The words of all
/// cells follow each other; writers go on behind the last one as behind the first (mapped twice).
/// Attempts: with how many numbers a writer tries. Dead ones can have left so many cells, each for
/// as many rounds as it takes.
template <class Atomics, class Memory, int attempts = 256>
class RecordRing {
 public:
  static constexpr int most_attempts = attempts;

  /// `cells`: a power of two. next() is `cells` at first, and all else 0.
  RecordRing(Memory memory, std::uint64_t cells) : memory_{memory}, cells_{cells} {}

  /// Writes a record of so many cells; `word_at(i)` is its i-th word. False: no place was found.
  template <class WordAt>
  bool write(std::uint64_t count, const WordAt& word_at) noexcept {
    using enum RingSite;
    for (int attempt = 0; attempt < most_attempts; ++attempt) {
      const std::uint64_t number =
          Atomics::template add<reserve>(memory_.next(), count, std::memory_order_relaxed);
      if (!claim_all(number, count)) continue;
      fill_all(number, count, word_at);
      commit_all(number, count);
      return true;
    }
    Atomics::template add<lose>(memory_.lost(), 1, std::memory_order_relaxed);
    return false;
  }

  /// Reads the record that begins at `number`: `size_of(first word…)` says from its first cell how
  /// many cells it has (at most `most`), `take(i, word)` gets its words. What they got is of a
  /// whole record only if the answer is `record`.
  template <class CellsOf, class Take>
  CellFound read(std::uint64_t number, const CellsOf& cells_of, const Take& take) const noexcept {
    const CellFound begin =
        found(look_at<RingSite::read_stamp>(number, std::memory_order_acquire), number);
    if (begin != CellFound::record) return begin;
    take_cell(number, 0, take);
    const std::uint64_t count = cells_of();
    for (std::uint64_t i = 1; i < count; ++i) {
      if (!is_more<RingSite::read_stamp>(number + i, std::memory_order_acquire)) {
        return CellFound::overwritten;
      }
      take_cell(number + i, i, take);
    }
    Atomics::template fence<RingSite::read_end>(std::memory_order_acquire);
    return same_again(number, count) ? CellFound::record : CellFound::overwritten;
  }

  std::uint64_t next() const noexcept {
    // Who reserves releases nothing: each cell says for itself what is there.
    return Atomics::template load<RingSite::read_next>(memory_.next(), std::memory_order_relaxed);
  }
  std::uint64_t cells() const noexcept { return cells_; }

 private:
  std::uint64_t place(std::uint64_t number) const noexcept { return number & (cells_ - 1); }

  bool claim(std::uint64_t number) noexcept {
    using enum RingSite;
    auto& stamp = memory_.stamp(place(number));
    const std::uint64_t old = Atomics::template load<look>(stamp, std::memory_order_relaxed);
    if (CellStamp::state(old) == CellStamp::busy || CellStamp::number(old) >= number) return false;
    return Atomics::template exchange<RingSite::claim>(
        stamp, old, CellStamp::make(number, CellStamp::busy), std::memory_order_acquire);
  }

  bool claim_all(std::uint64_t number, std::uint64_t count) noexcept {
    for (std::uint64_t i = 0; i < count; ++i) {
      if (claim(number + i)) continue;
      give_back_all(number, i);
      return false;
    }
    // Who sees any of the words that follow sees that the cells are busy, too.
    Atomics::template fence<RingSite::claimed>(std::memory_order_release);
    return true;
  }

  void give_back_all(std::uint64_t number, std::uint64_t count) noexcept {
    for (std::uint64_t i = 0; i < count; ++i) {
      Atomics::template store<RingSite::give_back>(memory_.stamp(place(number + i)),
                                                   CellStamp::make(number + i, CellStamp::empty),
                                                   std::memory_order_release);
    }
  }

  template <class WordAt>
  void fill_all(std::uint64_t number, std::uint64_t count, const WordAt& word_at) noexcept {
    const std::uint64_t begin = place(number) * words_per_cell;
    for (std::uint64_t i = 0; i < count * words_per_cell; ++i) {
      Atomics::template store<RingSite::fill>(memory_.word(begin + i), word_at(i),
                                              std::memory_order_relaxed);
    }
  }

  // The first cell last: with it, all of the record is there.
  void commit_all(std::uint64_t number, std::uint64_t count) noexcept {
    using enum RingSite;
    for (std::uint64_t i = 1; i < count; ++i) {
      Atomics::template store<commit_more>(memory_.stamp(place(number + i)),
                                           CellStamp::make(number + i, CellStamp::more),
                                           std::memory_order_release);
    }
    Atomics::template store<commit>(memory_.stamp(place(number)),
                                    CellStamp::make(number, CellStamp::first),
                                    std::memory_order_release);
  }

  template <RingSite site>
  std::uint64_t look_at(std::uint64_t number, std::memory_order order) const noexcept {
    return Atomics::template load<site>(memory_.stamp(place(number)), order);
  }
  template <RingSite site>
  bool is_more(std::uint64_t number, std::memory_order order) const noexcept {
    return look_at<site>(number, order) == CellStamp::make(number, CellStamp::more);
  }

  static CellFound found(std::uint64_t stamp, std::uint64_t number) noexcept {
    if (CellStamp::number(stamp) > number) return CellFound::overwritten;
    if (CellStamp::number(stamp) < number) return CellFound::unfinished;
    switch (CellStamp::state(stamp)) {
      case CellStamp::first:
        return CellFound::record;
      case CellStamp::more:
        return CellFound::inside;
      default:
        return CellFound::unfinished;
    }
  }

  template <class Take>
  void take_cell(std::uint64_t number, std::uint64_t nth, const Take& take) const noexcept {
    const std::uint64_t begin = place(number) * words_per_cell;
    for (std::uint64_t i = 0; i < words_per_cell; ++i) {
      take(nth * words_per_cell + i, Atomics::template load<RingSite::read_data>(
                                         memory_.word(begin + i), std::memory_order_relaxed));
    }
  }

  bool same_again(std::uint64_t number, std::uint64_t count) const noexcept {
    constexpr auto again = RingSite::read_again;
    if (look_at<again>(number, std::memory_order_relaxed) !=
        CellStamp::make(number, CellStamp::first)) {
      return false;
    }
    for (std::uint64_t i = 1; i < count; ++i) {
      if (!is_more<again>(number + i, std::memory_order_relaxed)) return false;
    }
    return true;
  }

  Memory memory_;
  std::uint64_t cells_;
};

}  // namespace drmshow
