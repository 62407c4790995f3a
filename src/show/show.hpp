// What drm-show does once its command line is understood.
#pragma once

#include "show/options.hpp"

namespace drmshow {

/// Throws Error.
void run(const Options& options);

}  // namespace drmshow
