// Finds the recordings on this machine, and reads them. Thin.
#pragma once

#include <string>
#include <vector>

#include "drm-show/recording.hpp"
#include "trace/recording_entry.hpp"

namespace drmshow {

/// Those in memory, then those that were saved; each by its begin.
std::vector<RecordingEntry> find_entries();

/// The one at this path, with what can be found out of it.
RecordingEntry entry_of(const std::string& path, int pid, RecordingPlace place);

NowClocks now_clocks();

/// Folders where recordings of dead programs are saved: $STATE_DIRECTORY, /var/lib/drm-show,
/// $XDG_STATE_HOME/drm-show or ~/.local/state/drm-show.
std::vector<std::string> state_folders();

struct LoadedRecording {
  std::string path;
  RecordingInfo info;
  bool live = false;
  RecordBatch batch;
};

/// The paths of what choose_recording() and choose_to_follow() choose. Throw Error.
std::string recording_to_read(const std::string& word);
std::string recording_to_follow(const std::string& word);

/// `word`: see choose_recording(). Throws Error.
LoadedRecording load_recording(const std::string& word);

}  // namespace drmshow
