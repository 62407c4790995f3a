// The size of frames where there is no display with modes. Pure.
#pragma once

#include <optional>

#include "kms/mode_choice.hpp"
#include "show/options.hpp"

namespace drmshow {

/// What --mode says; nothing if it was not given. Throws Error (usage) for what needs a display
/// (highest, #2), and for sizes beyond what pictures have.
std::optional<ModeChoice::Exact> wished_size(const Options& options);

}  // namespace drmshow
