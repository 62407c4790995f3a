// Where recordings of shows that failed are kept.
#pragma once

#include <string>

#include "session/rescued_recording.hpp"

namespace drmshow {

/// What decides about it. Variables that are not set are nullptr.
struct StateSurroundings {
  bool root = false;
  const char* state_directory = nullptr;  ///< STATE_DIRECTORY: systemd's, perhaps several
  const char* xdg_state_home = nullptr;
  const char* home = nullptr;
};

/// Empty if there is no place.
std::string recording_folder(const StateSurroundings& surroundings);
/// ... of this process.
std::string recording_folder();

/// All that is known of it beforehand. Keeps nine others in the folder but the one that is to be
/// replaced: what is more than that goes now.
RecordingRescue prepare_rescue(const std::string& recording, const std::string& folder);

}  // namespace drmshow
