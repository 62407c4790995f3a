// What is in the memory of a recording, whoever wrote it.
#include "drm-show/recording.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>

#include "drm-show/error.hpp"
#include "record/record_format.hpp"

namespace drmshow {
namespace {

/// A file's memory, for a reader: nothing in it is to be believed.
struct ReaderMemory {
  const RecordingHeader* header;
  const StdAtomics::Word* stamps;
  const StdAtomics::Word* words;

  const StdAtomics::Word& next() const { return header->next; }
  const StdAtomics::Word& lost() const { return header->lost; }
  const StdAtomics::Word& stamp(std::uint64_t place) const { return stamps[place]; }
  const StdAtomics::Word& word(std::uint64_t index) const { return words[index]; }
};
using ReaderRing = RecordRing<StdAtomics, ReaderMemory>;

[[noreturn]] void throw_bad(const std::string& why) {
  throw Error{Failure::bad_content, "this is not a recording: " + why,
              "drm-trace list shows those that there are."};
}

void require(bool truth, const char* otherwise) {
  if (!truth) throw_bad(otherwise);
}

template <std::size_t size>
std::string text_of(const std::array<char, size>& text) {
  return {text.begin(), std::find(text.begin(), text.end(), '\0')};
}

// Its magic, its size and its version, and that all that it speaks of is there.
const RecordingHeader& checked_header(std::span<const std::byte> file) {
  require(reinterpret_cast<std::uintptr_t>(file.data()) % alignof(std::uint64_t) == 0,
          "it is not aligned");
  require(file.size() >= sizeof(RecordingHeader), "it is too short");
  const auto& header = *reinterpret_cast<const RecordingHeader*>(file.data());
  require(header.magic == RecordingHeader::right_magic, "it does not begin like one");
  if (header.major != RecordingHeader::our_major) {
    throw Error{Failure::bad_content,
                "this recording has format " + std::to_string(header.major) +
                    ", of which this program knows nothing",
                "Take the drm-trace that came with the program that wrote it."};
  }
  return header;
}

struct Layout {
  std::uint64_t cells;
  std::uint64_t stamps_at;
  std::uint64_t cells_at;
};

// Each read once: whoever writes there may be an enemy.
Layout checked_layout(const RecordingHeader& header, std::size_t size) {
  const Layout layout{header.cells, header.stamps_at, header.cells_at};
  require(layout.cells != 0, "its writer has only begun to make it");
  require(header.cell_size == cell_bytes && std::has_single_bit(layout.cells) &&
              layout.cells >= most_record_cells && layout.cells <= most_cells,
          "its ring has a size that is not possible");
  const auto fits = [size](std::uint64_t at, std::uint64_t bytes) {
    return at % alignof(std::uint64_t) == 0 && at >= sizeof(RecordingHeader) && at <= size &&
           bytes <= size - at;
  };
  require(fits(layout.stamps_at, layout.cells * sizeof(StdAtomics::Word)) &&
              fits(layout.cells_at, layout.cells * cell_bytes),
          "a part of it is missing");
  return layout;
}

/// Collects what a ring has into a batch.
class Collector {
 public:
  Collector(const ReaderRing& ring, RecordBatch& batch) : ring_{ring}, batch_{batch} {}

  void collect(std::uint64_t from, Unfinished unfinished) {
    const std::uint64_t to = batch_.next;
    batch_.memory = std::make_unique_for_overwrite<std::byte[]>((to - from) * cell_bytes);
    for (std::uint64_t number = from; number < to;) {
      const std::uint64_t done = take(number, to);
      if (done == 0 && unfinished == Unfinished::stop) {
        batch_.next = number;
        return;
      }
      if (done == 0) ++batch_.unfinished;
      number += std::max<std::uint64_t>(done, 1);
    }
  }

 private:
  // How many cells are done with; 0: this one is not finished.
  std::uint64_t take(std::uint64_t number, std::uint64_t to) {
    RecordHead head{};
    std::int64_t time = 0;
    std::byte* const payload = batch_.memory.get() + used_;
    const auto cells_of = [&] { return std::min(head.cells(), to - number); };
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

  const ReaderRing& ring_;
  RecordBatch& batch_;
  std::size_t used_ = 0;  // of the batch's memory
};

}  // namespace

RecordingInfo read_recording_info(std::span<const std::byte> file) {
  const RecordingHeader& header = checked_header(file);
  RecordingInfo info;
  info.major = header.major;
  info.minor = header.minor;
  info.pid = static_cast<int>(header.pid);
  info.program = text_of(header.program);
  info.version = text_of(header.version);
  info.begin = Time{Nanoseconds{header.begin_ns}};
  info.realtime_offset = Nanoseconds{header.realtime_offset_ns};
  info.boot_id = text_of(header.boot_id);
  info.process_start = header.process_start;
  info.capacity = checked_layout(header, file.size()).cells;
  info.ended = header.ended.load(std::memory_order_relaxed) != 0;
  return info;
}

RecordBatch read_records(std::span<const std::byte> file, std::uint64_t from,
                         Unfinished unfinished) {
  const RecordingHeader& header = checked_header(file);
  const Layout layout = checked_layout(header, file.size());
  const auto words_at = [&](std::uint64_t at) {
    return reinterpret_cast<const StdAtomics::Word*>(file.data() + at);
  };
  const ReaderRing ring{
      ReaderMemory{&header, words_at(layout.stamps_at), words_at(layout.cells_at)}, layout.cells};
  RecordBatch batch;
  batch.next = ring.next();
  batch.lost = header.lost.load(std::memory_order_relaxed);
  // Cells are numbered from the size of the ring on.
  if (batch.next < layout.cells) return batch;
  const std::uint64_t oldest = std::max(batch.next - layout.cells, layout.cells);
  const std::uint64_t begin = std::clamp(from, oldest, std::max(oldest, batch.next));
  if (from != 0) batch.overwritten = begin - std::min(from, begin);
  Collector{ring, batch}.collect(begin, unfinished);
  return batch;
}

}  // namespace drmshow
