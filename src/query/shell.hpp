// `drm-query shell`: the verbs at a prompt, with editing, history and completion.
#pragma once

#include "query/options.hpp"

namespace drmshow {

/// Runs until "quit" or the end of input. Without a terminal it reads commands from stdin, and the
/// first that fails ends it with its exit code. Returns the exit code.
int run_shell(const QueryOptions& options);

/// Splits a line into words, as a shell does: blanks part them, quotes ('…', "…") and backslashes
/// keep them together. Throws Error (usage) for a quote without its end. Pure.
std::vector<std::string> split_words(std::string_view line);

}  // namespace drmshow
