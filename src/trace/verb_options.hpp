// Which options mean something with which question. Pure.
#pragma once

#include <string_view>

#include "trace/options.hpp"

namespace drmshow {

/// `option`: its long name, "--json". Throws Error (usage) if it means nothing there.
void require_option_of(std::string_view option, TraceVerb verb);

}  // namespace drmshow
