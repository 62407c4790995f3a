#include "beats.hpp"

#include <array>
#include <cstring>
#include <span>

#include <fmt/format.h>

#include "record/record_format.hpp"

namespace drmshow::test {
namespace {

constexpr std::size_t head_words = 2;
constexpr std::size_t most_words = 38;  // of payload: with the record's own head, five cells

// Any that scatters well (that of SplitMix64).
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
  value = (value ^ value >> 27) * 0x94d049bb133111eb;
  return value ^ value >> 31;
}

std::uint64_t key(const Beat& beat) {
  return mixed(beat.count << 8 | beat.writer);
}

// Most are short, as most records are.
std::size_t words_of(const Beat& beat) {
  const std::uint64_t dice = key(beat) >> 32;
  return head_words + (dice % 4 != 0 ? dice % 5 : dice % (most_words - head_words + 1));
}

std::uint64_t word(const Beat& beat, std::size_t i) {
  if (i == 0) return beat.writer;
  if (i == 1) return beat.count;
  return mixed(key(beat) + i);
}

}  // namespace

bool write(Recorder& recorder, const Beat& beat) noexcept {
  std::array<std::uint64_t, most_words> words;
  const std::size_t size = words_of(beat);
  for (std::size_t i = 0; i < size; ++i) words[i] = word(beat, i);
  return recorder.record(RecordTag::user, std::as_bytes(std::span{words}.first(size)));
}

std::optional<Beat> whole_beat(const Record& record) {
  if (record.tag != RecordTag::user || record.payload.size() < head_words * 8) return std::nullopt;
  std::array<std::uint64_t, most_words> words{};
  if (record.payload.size() > sizeof words) return std::nullopt;
  std::memcpy(words.data(), record.payload.data(), record.payload.size());
  const Beat beat{static_cast<std::uint32_t>(words[0]), words[1]};
  if (words_of(beat) * 8 != record.payload.size()) return std::nullopt;
  for (std::size_t i = 0; i < words_of(beat); ++i) {
    if (words[i] != word(beat, i)) return std::nullopt;
  }
  return beat;
}

std::uint64_t cells_of(const Record& record) {
  return (record_head_bytes + record.payload.size() + cell_bytes - 1) / cell_bytes;
}

std::string BeatCheck::see(const RecordBatch& batch) {
  missed_before_ = missed_;
  missed_ += batch.overwritten + batch.unfinished;
  for (const Record& record : batch.records) {
    if (std::string wrong = see(record); !wrong.empty()) return wrong;
  }
  return {};
}

bool BeatCheck::may_miss(std::uint32_t writer) const {
  return gaps_ == Gaps::where_counted && missed_ > missed_until_.at(writer);
}

std::string BeatCheck::see(const Record& record) {
  const auto beat = whole_beat(record);
  if (!beat) return fmt::format("the record at {} is not whole", record.sequence);
  if (record.sequence <= sequence_) {
    return fmt::format("{} comes after {}", record.sequence, sequence_);
  }
  sequence_ = record.sequence;
  ++seen_;
  std::uint64_t& last = last_[beat->writer];
  const bool next = last == 0 || beat->count == last + 1;
  if (!next && (beat->count <= last || !may_miss(beat->writer))) {
    return fmt::format("writer {}: {} comes after {}", beat->writer, beat->count, last);
  }
  last = beat->count;
  missed_until_[beat->writer] = missed_before_;
  return {};
}

}  // namespace drmshow::test
