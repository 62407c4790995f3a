// Frames without a display: into PNG files, or nowhere, to see how fast they are drawn.
#pragma once

#include "show/flight_recording.hpp"
#include "show/options.hpp"

namespace drmshow {

/// Draws as many frames as the options say (one, unless there is --frames or --duration), at the
/// rate and the size that they say. Throws Error.
void run_headless(const Options& options, FlightRecording& recording);

}  // namespace drmshow
