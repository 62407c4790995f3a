// Collects what a ring has into a batch, wherever its cells are read from.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>

#include "drm-show/recording.hpp"
#include "record/record_format.hpp"

namespace drmshow {

/// Ring: RecordRing of any memory. `prepare(number, to)` is called before a record is read that may
/// begin at `number`, and ends before `to`. False: what is there cannot be told now.
template <class Ring, class Prepare>
class RecordCollector {
 public:
  RecordCollector(const Ring& ring, const Prepare& prepare, RecordBatch& batch)
      : ring_{ring}, prepare_{prepare}, batch_{batch} {}

  /// From there on, or from the oldest that there is; to batch.next.
  void collect(std::uint64_t from, Unfinished unfinished, std::uint64_t given_up = 0) {
    batch_.head = batch_.next;
    const std::uint64_t cells = ring_.cells();
    // Cells are numbered from the size of the ring on.
    if (batch_.next < cells) return;
    const std::uint64_t oldest = std::max(batch_.next - cells, cells);
    const std::uint64_t begin = std::clamp(from, oldest, std::max(oldest, batch_.next));
    if (from != 0) batch_.overwritten = begin - std::min(from, begin);
    collect_from(begin, unfinished == Unfinished::stop ? given_up : batch_.next);
  }

 private:
  // Stops at what is not finished from `patient` on.
  void collect_from(std::uint64_t from, std::uint64_t patient) {
    const std::uint64_t to = batch_.next;
    batch_.memory = std::make_unique_for_overwrite<std::byte[]>((to - from) * cell_bytes);
    for (std::uint64_t number = from; number < to;) {
      const bool ready = prepare_(number, std::min(to, number + most_record_cells));
      const std::uint64_t done = ready ? take(number, to) : 0;
      if (done == 0 && number >= patient) {
        batch_.next = number;
        return;
      }
      if (done == 0) ++batch_.unfinished;
      number += std::max<std::uint64_t>(done, 1);
    }
  }

  // How many cells are done with; 0: this one is not finished.
  std::uint64_t take(std::uint64_t number, std::uint64_t to) {
    RecordHead head{};
    std::int64_t time = 0;
    std::byte* const payload = batch_.memory.get() + used_;
    const auto cells_of = [&] { return std::min({head.cells(), to - number, most_record_cells}); };
    const auto put = [&](std::uint64_t i, std::uint64_t word) {
      if (i == 0) time = static_cast<std::int64_t>(word);
      if (i == 1) head = RecordHead::of(word);
      if (i > 1) std::memcpy(payload + (i - 2) * sizeof word, &word, sizeof word);
    };
    switch (ring_.read(number, cells_of, put)) {
      case CellFound::record:
        return add(number, time, head, to);
      case CellFound::overwritten:
      case CellFound::inside:  // of one whose begin is gone
        ++batch_.overwritten;
        return 1;
      case CellFound::unfinished:
        return 0;
    }
    return 1;
  }

  std::uint64_t add(std::uint64_t number, std::int64_t time, const RecordHead& head,
                    std::uint64_t to) {
    const std::uint64_t cells = head.cells();
    if (cells > most_record_cells || cells > to - number) {  // no writer of ours made it
      ++batch_.unfinished;
      return 1;
    }
    batch_.records.push_back({number,
                              Time{Nanoseconds{time}},
                              RecordTag{head.tag},
                              head.thread,
                              {batch_.memory.get() + used_, head.bytes}});
    used_ += cells * cell_bytes;
    return cells;
  }

  const Ring& ring_;
  const Prepare& prepare_;
  RecordBatch& batch_;
  std::size_t used_ = 0;  // of the batch's memory
};

}  // namespace drmshow
