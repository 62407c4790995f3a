// How literally to take what the user wishes.
#pragma once

namespace drmshow {

/// What to do about outputs and modes that are wished for and not there.
enum class Strictness {
  refuse,  ///< an Error: at the beginning, when the user can mend it
  adapt,   ///< without them, or with the preferred mode: when a cable has changed, long after
};

}  // namespace drmshow
