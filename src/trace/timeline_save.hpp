// Writes timelines. Thin.
#pragma once

#include <string>

#include "drm-show/fd.hpp"
#include "trace/timeline.hpp"
#include "trace/timeline_files.hpp"

namespace drmshow {

/// A file for a timeline that is still to come: whether it can be written is known before.
class TimelineFile {
 public:
  /// What is in a file of that name stays until save(). Throws Error.
  explicit TimelineFile(std::string path);
  /// Made in a folder for temporary files ($TMPDIR, /tmp). Throws Error.
  static TimelineFile temporary(TimelineFormat format);
  /// Removes it if it was made for nothing.
  ~TimelineFile();
  TimelineFile(TimelineFile&&) noexcept = default;
  TimelineFile& operator=(TimelineFile&&) = delete;

  const std::string& path() const { return path_; }
  /// Throws Error: then it is gone if it was made for this.
  void save(const Timeline& timeline, TimelineFormat format);

 private:
  TimelineFile(std::string path, UniqueFd fd, bool made);

  std::string path_;
  UniqueFd fd_;
  bool made_ = false;  // by us, for what has not been written yet
};

/// "json", as a file's name ends.
const char* timeline_ending(TimelineFormat format);

/// To a file; "-" or "" is stdout, which must not be a terminal.
/// Throws Error.
void save_timeline(const Timeline& timeline, TimelineFormat format, const std::string& path);

}  // namespace drmshow
