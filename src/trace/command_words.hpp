// Where the command begins that drm-trace is to run: all behind its first word is its own, though
// it may look like one of our options. Pure.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace drmshow {

/// Whether an option ("-o", "--output") has its value in the next word.
using TakesValue = std::function<bool(std::string_view)>;

/// The words, with "--" before the first one of the command of `run` if it is not there.
/// `arguments`: with the program's name.
std::vector<const char*> with_marked_command(std::span<const char* const> arguments,
                                             const TakesValue& takes_value);

}  // namespace drmshow
