// When the kernel refuses a configuration it says "Invalid argument" and no more. This finds out
// which output and which property it means, by asking about parts of the request. Pure: whoever
// calls it brings the test.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "kms/modeset.hpp"

namespace drmshow {

/// TEST_ONLY of a request: 0 or an errno.
using TestCommit = std::function<int(const AtomicRequest&)>;

/// An output with all that is asked of it beyond the plain picture.
struct Candidate {
  OutputPlan plan;
  AtomicRequest extras;
};

struct Blame {
  /// Outputs that are refused even alone: positions in the list of candidates.
  std::vector<std::size_t> outputs;
  /// Extras of the first of these, each of which is accepted when it is left out.
  std::vector<PropertyWrite> properties;
  /// Modes of that output that would be accepted in place of the refused one; only filled when no
  /// property is to blame.
  std::vector<Mode> accepted_modes;
  /// If every output is accepted alone: how many of them, from the first, are accepted together.
  std::size_t accepted_together = 0;
};

Blame find_blame(const Snapshot& snapshot, std::span<const Candidate> candidates,
                 const TestCommit& test);

/// The account for the user, one line each: "Virtual-1 is refused because of …".
std::vector<std::string> describe(const Blame& blame, std::span<const Candidate> candidates);

}  // namespace drmshow
