// The verbs of drm-query: each takes its words and returns what to print. Used by the command line
// and the shell.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/json/sink.hpp"
#include "query/options.hpp"

namespace drmshow {

/// The exit code of a diff that found something; all others are those of Failure.
inline constexpr int exit_different = 11;

struct Answer {
  std::string text;
  int exit_code = 0;
  /// Writes an answer that is too long to keep, instead of `text`; or empty.
  std::function<void(const Sink&)> stream = {};
};

void print(const Answer& answer, const Sink& sink);

/// Answers `options.words`. Throws Error.
Answer answer(const QueryOptions& options);

/// All verbs, for completion and suggestions.
std::span<const std::string_view> verb_names();

}  // namespace drmshow
