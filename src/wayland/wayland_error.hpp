// What is said when the compositor is gone, or has ended the connection because of something that
// we did. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "drm-show/error.hpp"

namespace drmshow {

/// Of wl_display.error.
struct ProtocolError {
  std::string interface;  ///< empty: not known
  std::uint32_t object = 0;
  std::uint32_t code = 0;
  std::string message;  ///< libwayland's, with the compositor's own words; may be empty
};

/// `errnum`: wl_display_get_error's. EPROTO goes with a ProtocolError.
Error compositor_error(int errnum, const ProtocolError& protocol);

}  // namespace drmshow
