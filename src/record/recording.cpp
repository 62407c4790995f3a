// What is in the memory of a recording, whoever wrote it.
#include "drm-show/recording.hpp"

#include <cstddef>

#include "record/record_collector.hpp"
#include "record/record_format.hpp"
#include "record/recording_layout.hpp"

namespace drmshow {
namespace {

/// A file's memory, for a reader.
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

const RecordingHeader& checked_header(std::span<const std::byte> file) {
  if (reinterpret_cast<std::uintptr_t>(file.data()) % alignof(std::uint64_t) != 0)
    throw_no_recording("it is not aligned");
  if (file.size() < sizeof(RecordingHeader)) throw_no_recording("it is too short");
  const auto& header = *reinterpret_cast<const RecordingHeader*>(file.data());
  check_header(header);
  return header;
}

}  // namespace

RecordingInfo read_recording_info(std::span<const std::byte> file) {
  return recording_info(checked_header(file), file.size());
}

RecordBatch read_records(std::span<const std::byte> file, std::uint64_t from,
                         Unfinished unfinished) {
  const RecordingHeader& header = checked_header(file);
  const RecordingLayout layout = checked_layout(header, file.size());
  const auto words_at = [&](std::uint64_t at) {
    return reinterpret_cast<const StdAtomics::Word*>(file.data() + at);
  };
  const ReaderRing ring{
      ReaderMemory{&header, words_at(layout.stamps_at), words_at(layout.cells_at)}, layout.cells};
  RecordBatch batch;
  batch.next = ring.next();
  batch.lost = header.lost.load(std::memory_order_relaxed);
  const auto is_there = [](std::uint64_t, std::uint64_t) { return true; };
  RecordCollector{ring, is_there, batch}.collect(from, unfinished);
  return batch;
}

}  // namespace drmshow
