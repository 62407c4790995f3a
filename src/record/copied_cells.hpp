// Cells of a ring, copied out of its file piece by piece. A file that is mapped ends its reader by
// SIGBUS when somebody makes it shorter, and whoever owns it may; a copy is either there or not.
//
// A copy is made as a reader in memory reads (record_ring.hpp): stamps, cells, stamps again. The
// kernel copies bytes, and nothing says that a word comes whole. So the stamps before are copied
// twice: only a cell that is the same both times begins a record. (If a stamp was half old and half
// new the first time, it is all new the second time.)
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

#include "record/record_ring.hpp"
#include "record/recording_layout.hpp"

namespace drmshow {

/// All of so many bytes of a file. Throws Error (bad_content: it ends before; or cannot be read).
void read_exactly(int file, void* to, std::size_t bytes, std::uint64_t at);

struct CopiedStamp {
  std::uint64_t before;
  std::uint64_t after;
  bool settled;
};

/// What was copied needs no order any more: that was made by who copied.
struct CopyAtomics {
  template <RingSite site>
  static std::uint64_t load(const CopiedStamp& stamp, std::memory_order) noexcept {
    return site == RingSite::read_stamp ? stamp.before : stamp.after;
  }
  template <RingSite>
  static std::uint64_t load(const std::uint64_t& word, std::memory_order) noexcept {
    return word;
  }
  template <RingSite>
  static void fence(std::memory_order) noexcept {}
};

class CopiedCells {
 public:
  /// `end`: behind the last cell that anybody will ask for. The file outlives it.
  CopiedCells(int file, const RecordingLayout& layout, std::uint64_t end)
      : file_{file}, layout_{layout}, limit_{end} {}

  /// Makes sure that these are there; at most most_record_cells. False if the first one changes
  /// just now. Throws Error.
  bool cover(std::uint64_t begin, std::uint64_t end);

  const CopiedStamp& stamp(std::uint64_t place) const { return stamps_[nth(place)]; }
  const std::uint64_t& word(std::uint64_t index) const {
    return words_[nth(index / words_per_cell) * words_per_cell + index % words_per_cell];
  }

 private:
  void copy(std::uint64_t begin, std::uint64_t end);
  void copy_stamps(std::vector<std::uint64_t>& to) const;
  void copy_places(std::uint64_t table_at, std::uint64_t item_bytes, std::uint64_t* to) const;
  std::size_t nth(std::uint64_t place) const { return (place - begin_) & (layout_.cells - 1); }

  int file_;
  RecordingLayout layout_;
  std::uint64_t limit_;
  std::uint64_t begin_ = 0;  // numbers of the cells that are there
  std::uint64_t end_ = 0;
  std::vector<CopiedStamp> stamps_;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint64_t> looks_[3];  // at the stamps
};

/// For RecordRing, which keeps its memory by value.
struct CopiedMemory {
  const CopiedCells* cells;

  const CopiedStamp& stamp(std::uint64_t place) const { return cells->stamp(place); }
  const std::uint64_t& word(std::uint64_t index) const { return cells->word(index); }
};

}  // namespace drmshow
