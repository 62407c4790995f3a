#include "record/copied_cells.hpp"

#include <algorithm>
#include <cerrno>
#include <cstddef>

#include <unistd.h>

#include "drm-show/error.hpp"
#include "record/record_format.hpp"

namespace drmshow {
namespace {

// A few microseconds: a writer at full speed goes on behind the reader, not over it.
constexpr std::uint64_t cells_a_copy = 4 * most_record_cells;

// What comes before is copied before what follows, by the kernel too: it runs on this processor
// then, or on another one that has seen all that this one has.
void order() {
  std::atomic_thread_fence(std::memory_order_seq_cst);
}

}  // namespace

void read_exactly(int file, void* to, std::size_t bytes, std::uint64_t at) {
  auto* place = static_cast<std::byte*>(to);
  while (bytes > 0) {
    const ssize_t count = ::pread(file, place, bytes, static_cast<off_t>(at));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw Error{Failure::bad_content, "cannot be read", {}, errno};
    if (count == 0) throw_no_recording("a part of it is missing");
    const auto done = static_cast<std::size_t>(count);
    place += done;
    bytes -= done;
    at += done;
  }
}

bool CopiedCells::cover(std::uint64_t begin, std::uint64_t end) {
  if (begin < begin_ || end > end_) {
    copy(begin, std::max(end, std::min(limit_, begin + cells_a_copy)));
  }
  return stamp(begin).settled;
}

void CopiedCells::copy(std::uint64_t begin, std::uint64_t end) {
  begin_ = begin;
  end_ = std::min(end, begin + layout_.cells);
  const std::size_t count = end_ - begin_;
  words_.resize(count * words_per_cell);
  copy_stamps(looks_[0]);
  order();
  copy_stamps(looks_[1]);
  order();
  copy_places(layout_.cells_at, cell_bytes, words_.data());
  order();
  copy_stamps(looks_[2]);
  stamps_.resize(count);
  for (std::size_t i = 0; i < count; ++i)
    stamps_[i] = {looks_[1][i], looks_[2][i], looks_[0][i] == looks_[1][i]};
}

void CopiedCells::copy_stamps(std::vector<std::uint64_t>& to) const {
  to.resize(end_ - begin_);
  copy_places(layout_.stamps_at, sizeof(std::uint64_t), to.data());
}

// Behind the last place comes the first.
void CopiedCells::copy_places(std::uint64_t table_at, std::uint64_t item_bytes,
                              std::uint64_t* to) const {
  const std::uint64_t count = end_ - begin_;
  const std::uint64_t place = begin_ & (layout_.cells - 1);
  const std::uint64_t first = std::min(count, layout_.cells - place);
  read_exactly(file_, to, first * item_bytes, table_at + place * item_bytes);
  read_exactly(file_, to + first * item_bytes / sizeof *to, (count - first) * item_bytes, table_at);
}

}  // namespace drmshow
