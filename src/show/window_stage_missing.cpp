// drm-show built without Wayland.
#include "show/window_stage.hpp"
#include "wayland/wayland.hpp"

namespace drmshow {

void run_in_window(const Options& /*options*/, FlightRecording& /*recording*/) {
  require_wayland();  // throws, and says so
}

}  // namespace drmshow
