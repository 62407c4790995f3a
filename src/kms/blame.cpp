#include "kms/blame.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "kms/mode_choice.hpp"

namespace drmshow {
namespace {

constexpr std::size_t modes_to_offer = 3;

AtomicRequest request_for(const Snapshot& snapshot, std::span<const Candidate> candidates) {
  std::vector<OutputPlan> plans;
  for (const Candidate& candidate : candidates) plans.push_back(candidate.plan);
  AtomicRequest request = modeset_request(snapshot, plans);
  for (const Candidate& candidate : candidates) request.add(candidate.extras);
  return request;
}

Candidate without(const Candidate& candidate, std::size_t left_out) {
  Candidate rest{candidate.plan, {}};
  for (std::size_t i = 0; i < candidate.extras.writes().size(); ++i) {
    if (i != left_out) rest.extras.add(candidate.extras.writes()[i]);
  }
  return rest;
}

class Search {
 public:
  Search(const Snapshot& snapshot, const TestCommit& test) : snapshot_{snapshot}, test_{test} {}

  bool accepts(std::span<const Candidate> candidates) const {
    return test_(request_for(snapshot_, candidates)) == 0;
  }

  std::vector<PropertyWrite> guilty_properties(const Candidate& candidate) const {
    std::vector<PropertyWrite> guilty;
    for (std::size_t i = 0; i < candidate.extras.writes().size(); ++i) {
      const Candidate rest = without(candidate, i);
      if (accepts({&rest, 1})) guilty.push_back(candidate.extras.writes()[i]);
    }
    return guilty;
  }

  // Smaller modes fit in the framebuffer that is there; larger ones need another and are not tried.
  std::vector<Mode> accepted_modes(const Candidate& candidate) const {
    std::vector<Mode> accepted;
    const Size framebuffer = candidate.plan.mode.size();
    for (const Mode& mode : candidate.plan.route.connector->modes) {
      if (mode.size().width > framebuffer.width || mode.size().height > framebuffer.height)
        continue;
      Candidate other = candidate;
      other.plan.mode = mode;
      if (accepts({&other, 1})) accepted.push_back(mode);
      if (accepted.size() == modes_to_offer) break;
    }
    return accepted;
  }

 private:
  const Snapshot& snapshot_;
  const TestCommit& test_;
};

std::string describe_output(const Candidate& candidate) {
  return fmt::format("{} ({}, CRTC {}, plane {})", candidate.plan.route.connector->name,
                     to_string(candidate.plan.mode), candidate.plan.route.crtc->id.raw(),
                     candidate.plan.route.plane->id.raw());
}

std::string describe_together(const Blame& blame, std::span<const Candidate> candidates) {
  const std::string& culprit = candidates[blame.accepted_together].plan.route.connector->name;
  return fmt::format(
      "each output is accepted alone, but not together: {} is one too many for what they share "
      "(bandwidth, clocks, memory). Choose smaller modes (--mode) or fewer outputs (--output).",
      culprit);
}

std::string describe_cause(const Blame& blame) {
  if (!blame.properties.empty()) {
    std::vector<std::string> names;
    for (const PropertyWrite& write : blame.properties) names.push_back(to_string(write));
    return fmt::format("because of {}: without that it is accepted.", fmt::join(names, " (or) "));
  }
  if (!blame.accepted_modes.empty()) {
    std::vector<std::string> names;
    for (const Mode& mode : blame.accepted_modes) names.push_back(mode_argument(mode));
    return fmt::format("because of its mode: --mode {} would be accepted.",
                       fmt::join(names, " or "));
  }
  return "in its plainest configuration too: no single property is to blame.";
}

}  // namespace

Blame find_blame(const Snapshot& snapshot, std::span<const Candidate> candidates,
                 const TestCommit& test) {
  const Search search{snapshot, test};
  Blame blame;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (!search.accepts(candidates.subspan(i, 1))) blame.outputs.push_back(i);
  }
  if (blame.outputs.empty()) {
    std::size_t count = 1;
    while (count < candidates.size() && search.accepts(candidates.first(count + 1))) ++count;
    blame.accepted_together = count;
    return blame;
  }
  const Candidate& first = candidates[blame.outputs.front()];
  blame.properties = search.guilty_properties(first);
  if (blame.properties.empty()) blame.accepted_modes = search.accepted_modes(first);
  return blame;
}

std::vector<std::string> describe(const Blame& blame, std::span<const Candidate> candidates) {
  std::vector<std::string> lines;
  if (blame.outputs.empty()) {
    if (blame.accepted_together < candidates.size()) {
      lines.push_back(describe_together(blame, candidates));
    }
    return lines;
  }
  for (std::size_t i = 0; i < blame.outputs.size(); ++i) {
    const std::string who = describe_output(candidates[blame.outputs[i]]);
    lines.push_back(i == 0 ? fmt::format("{} is refused {}", who, describe_cause(blame))
                           : fmt::format("{} is refused too.", who));
  }
  return lines;
}

}  // namespace drmshow
