// The one exception type of drm-show. It tells a stranger what failed on which object, why, and
// what to do next; programs turn `failure()` into their exit code.
#pragma once

#include <string>
#include <system_error>

#include "drm-show/export.hpp"

namespace drmshow {

/// Why something failed, as far as a caller can act on it. The values are the exit codes of
/// drm-show(1) and drm-query(1) and never change their meaning.
enum class Failure : int {
  unexpected = 1,     ///< a fault that has no code of its own: please report it
  usage = 2,          ///< the command line or an argument makes no sense
  no_device = 3,      ///< no such DRM device, or none that can drive a display
  no_permission = 4,  ///< the device node is there but may not be opened
  master_taken = 5,   ///< another program is DRM master: it owns the display
  no_output = 6,      ///< nothing connected, or the chosen output is not
  mode_refused = 7,   ///< the driver refused the mode or the configuration
  bad_content = 8,    ///< an image (or other input file) is unreadable, damaged or too large
  device_lost = 9,    ///< the device went away
  not_found = 10,     ///< there is no such object or property
  gpu = 11,           ///< Vulkan is missing, has no such GPU, or the GPU failed
  compositor = 12,    ///< no Wayland compositor, or it went away or refused us; no GLFW for it
};

class DRMSHOW_API Error : public std::system_error {
 public:
  /// `what`: the object and what failed ("card0: cannot set a mode"); `hint`: what to do next, a
  /// whole sentence or empty; `errnum`: the errno behind it, 0 for none. Both texts end up in
  /// what(): "card0: cannot set a mode: Invalid argument".
  Error(Failure failure, const std::string& what, std::string hint = {}, int errnum = 0);
  ~Error() override;

  Failure failure() const noexcept { return failure_; }
  int errnum() const noexcept { return code().value(); }
  const std::string& hint() const noexcept { return hint_; }
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  Failure failure_;
  std::string hint_;
  std::string text_;
};

}  // namespace drmshow
