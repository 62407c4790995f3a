// A recording against the model of the ring: is each step one that it could take just then? Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "drm-show/recording.hpp"

namespace drmshow {

/// The first step that the model does not know.
struct Divergence {
  std::uint64_t sequence = 0;  ///< of its record
  Time time{};
  int stream = 0;
  std::string why;
  std::string before;  ///< what the ring was like before it; empty if it is not known
};

struct CheckResult {
  std::uint64_t steps = 0;    ///< that the model took
  std::uint64_t states = 0;   ///< of rings that were recorded, and are as the model has them
  std::uint64_t skipped = 0;  ///< steps before a ring's state is known, or behind a gap
  std::uint64_t unknown = 0;  ///< steps and states that only a newer program knows
  std::uint64_t gaps = 0;     ///< places where records are missing
  std::uint64_t streams = 0;  ///< whose steps were checked
  std::optional<Divergence> divergence;
};

/// Records by sequence. A stream is followed from the first state of its ring on, and anew from the
/// next one where records are missing, or where a newer program has recorded what this one does not
/// know.
CheckResult check_records(std::span<const Record> records);

}  // namespace drmshow
