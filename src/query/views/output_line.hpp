// What the summary says about one output, word by word. Pure.
#pragma once

#include <string>

#include "drm-show/snapshot.hpp"
#include "query/text/style.hpp"

namespace drmshow {

/// "-" for what there is not.
struct OutputLine {
  std::string output;  ///< "DP-1"
  std::string status;  ///< "connected", "connected, bad link", "writeback"
  Role status_role = Role::plain;
  bool in_use = false;  ///< connected, or at least driven: there is more to say about it
  std::string monitor;  ///< "Dell Inc. DELL U2720Q 27.2″"
  std::string mode;    ///< "1920x1080 @ 59.94 Hz"; "off" if it could be lit; ", inactive" behind it
                       ///< when asleep
  std::string format;  ///< of what its primary plane shows: "XRGB8888 LINEAR"
  std::string bpc;     ///< bits per channel at most: "≤10"
  std::string hdr;     ///< "PQ", "HLG", … if it is sent; "can" if the display takes it
  std::string vrr;     ///< variable refresh rate: "on", "can"
  std::string crtc;    ///< "crtc/37"
  std::string planes;  ///< "31 primary, 33 cursor"
};

OutputLine output_line(const Snapshot& kms, const Connector& connector, const TextStyle& style);

}  // namespace drmshow
