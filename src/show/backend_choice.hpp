// Displays, or a window of the compositor that has them. choose_backend() is pure.
#pragma once

#include <string>

#include "show/options.hpp"

namespace drmshow {

/// Of the device whose displays are meant.
enum class DisplayOwner {
  nobody,   ///< we can have them
  another,  ///< another program is DRM master
  hidden,   ///< we may not open it
  missing,  ///< there is no such device
};

struct Surroundings {
  std::string compositor;  ///< its socket; empty if we were started outside of one
  bool answers = false;    ///< somebody listens there
  DisplayOwner owner = DisplayOwner::nobody;
  std::string device;  ///< "card0 (/dev/dri/card0)"; empty if it is missing or hidden
};

struct BackendChoice {
  Backend backend = Backend::kms;
  std::string reason;  ///< for people; empty if there was nothing to choose
};

/// For Backend::automatic.
BackendChoice choose_backend(const Options& options, const Surroundings& now);

/// Looks at the socket and at the device; neither notices more than that somebody came and went.
Surroundings look_around(const Options& options);

}  // namespace drmshow
