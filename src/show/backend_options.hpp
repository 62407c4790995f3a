// What options say about where frames go. Pure.
#pragma once

#include "show/options.hpp"

namespace drmshow {

/// Finds out whether the command line asks for displays (Options::display_asked). Throws Error
/// (usage) for options that its backend cannot fulfil.
void check_backend(const CLI::App& app, Options& options);

}  // namespace drmshow
