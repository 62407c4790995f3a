#include "trace/verb_options.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

struct OptionUse {
  std::string_view option;
  std::vector<TraceVerb> verbs;
};

const std::vector<OptionUse>& option_uses() {
  using enum TraceVerb;
  static const std::vector<OptionUse> uses{
      {"--json", {list, dump, tail, summary, why, export_, run}},
      {"--perfetto", {export_, run}},
      {"--svg", {export_, run}},
      {"--around", {export_}},
      {"--output", {export_, run}},
      {"--clock", {dump, tail}},
      {"--no-kernel", {run}},
      {"--no-protocol", {run}},
      {"--older-than", {gc}},
      {"--dry-run", {gc}},
  };
  return uses;
}

std::string verbs_text(const std::vector<TraceVerb>& verbs) {
  std::string text;
  for (std::size_t i = 0; i < verbs.size(); ++i) {
    if (i > 0) text += i + 1 == verbs.size() ? " and " : ", ";
    text += trace_verb_names()[static_cast<std::size_t>(verbs[i])];
  }
  return text;
}

}  // namespace

void require_option_of(std::string_view option, TraceVerb verb) {
  const auto found = std::ranges::find(option_uses(), option, &OptionUse::option);
  if (found == option_uses().end() || std::ranges::count(found->verbs, verb) > 0) return;
  throw Error{Failure::usage,
              fmt::format("{}: {} means nothing there",
                          trace_verb_names()[static_cast<std::size_t>(verb)], option),
              fmt::format("It is for {}.", verbs_text(found->verbs))};
}

}  // namespace drmshow
