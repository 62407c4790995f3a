// The wait while a still picture is on the screen.
#pragma once

#include <chrono>
#include <optional>

#include "drm-show/device.hpp"
#include "session/signals.hpp"
#include "session/terminal.hpp"

namespace drmshow {

enum class EndReason { asked, time_is_up, device_gone };

/// Returns when a key or signal asks for the end, the time is up, or the device goes away.
EndReason wait_for_end(const Device& device, const EndSignals& signals, Terminal& terminal,
                       std::optional<std::chrono::duration<double>> duration);

}  // namespace drmshow
