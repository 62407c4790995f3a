// TEMPORARY until present_event.hpp has them.
#pragma once

#include "drm-show/present_event.hpp"

namespace drmshow {
inline constexpr auto step_superseded = static_cast<PresentStep>(21);
inline constexpr auto step_cancelled = static_cast<PresentStep>(22);
inline constexpr auto step_seen = static_cast<PresentStep>(23);
inline constexpr auto step_unseen = static_cast<PresentStep>(24);
}  // namespace drmshow
