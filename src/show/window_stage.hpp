// drm-show in a window of a Wayland compositor.
#pragma once

#include "show/flight_recording.hpp"
#include "show/options.hpp"

namespace drmshow {

/// Shows it until a key, a signal, the window's button, the time or the number of frames ends it.
/// Throws Error: compositor, and all that content throws.
void run_in_window(const Options& options, FlightRecording& recording);

}  // namespace drmshow
