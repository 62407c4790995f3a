// How a recording lies in its file: a header, the stamps of all cells, the cells. Numbers are in
// the byte order of the machine that wrote them. docs/recording.md has it for people.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "record/record_ring.hpp"

namespace drmshow {

inline constexpr std::size_t cell_bytes = words_per_cell * 8;
inline constexpr std::uint64_t least_cells = (64u << 10) / cell_bytes;
inline constexpr std::uint64_t most_cells = (1u << 30) / cell_bytes;
/// Where a record's payload begins.
inline constexpr std::size_t record_head_bytes = 16;
/// Of one record.
inline constexpr std::uint64_t most_record_cells = 64;

/// Readers know what is of their own major version, and skip what a newer minor one has added.
struct RecordingHeader {
  static constexpr std::array<char, 8> right_magic{'d', 'r', 'm', 's', 'h', 'r', 'e', 'c'};
  static constexpr std::uint16_t our_major = 1;
  static constexpr std::uint16_t our_minor = 1;

  std::array<char, 8> magic = right_magic;
  std::uint16_t major = our_major;
  std::uint16_t minor = our_minor;
  std::uint32_t cell_size = cell_bytes;
  std::uint64_t cells = 0;
  std::uint64_t stamps_at = 0;  ///< in the file; 8 bytes for each cell
  std::uint64_t cells_at = 0;   ///< likewise; a multiple of the page size
  std::uint32_t pid = 0;
  std::atomic<std::uint32_t> ended = 0;  ///< 1: in order
  std::uint64_t process_start = 0;       ///< field 22 of /proc/PID/stat
  std::int64_t begin_ns = 0;             ///< CLOCK_MONOTONIC
  std::int64_t realtime_offset_ns = 0;   ///< CLOCK_REALTIME minus that
  std::array<char, 40> boot_id{};        ///< all texts end with a 0
  std::array<char, 32> program{};
  std::array<char, 32> version{};
  // When its writer was found dead, by who saved it. 0, as from version 1.0: that is not known.
  std::int64_t died_ns = 0;                  ///< CLOCK_MONOTONIC
  std::int64_t died_realtime_offset_ns = 0;  ///< CLOCK_REALTIME minus that
  std::int64_t died_boottime_offset_ns = 0;  ///< CLOCK_BOOTTIME minus that
  // Each of what follows has a cache line of its own. Not by alignas: a file in memory need not be
  // aligned to more than its words.
  std::array<char, 56> reserved{};
  StdAtomics::Word next = 0;  ///< the number of the next cell
  std::array<char, 56> reserved2{};
  StdAtomics::Word lost = 0;  ///< records for which there was no place
};
static_assert(sizeof(RecordingHeader) <= 4096 && std::is_standard_layout_v<RecordingHeader>);
static_assert(offsetof(RecordingHeader, next) == 256 && offsetof(RecordingHeader, lost) == 320);
static_assert(offsetof(RecordingHeader, boot_id) == 72);
static_assert(offsetof(RecordingHeader, died_ns) == 176);

/// The second word of a record; the first is its time in nanoseconds (CLOCK_MONOTONIC).
struct RecordHead {
  std::uint16_t tag;
  std::uint16_t bytes;  ///< of the payload
  std::uint32_t thread;

  static RecordHead of(std::uint64_t word) {
    return {static_cast<std::uint16_t>(word), static_cast<std::uint16_t>(word >> 16),
            static_cast<std::uint32_t>(word >> 32)};
  }
  std::uint64_t word() const {
    return tag | std::uint64_t{bytes} << 16 | std::uint64_t{thread} << 32;
  }
  std::uint64_t cells() const { return (record_head_bytes + bytes + cell_bytes - 1) / cell_bytes; }
};

}  // namespace drmshow
