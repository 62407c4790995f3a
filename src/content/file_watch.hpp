// Notices that a file has been changed or replaced, through inotify. Editors write a file anew, or
// move another into its place: so what is watched is its folder, and, where the name is a symbolic
// link, the folder of what it leads to as well.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "drm-show/fd.hpp"

namespace drmshow {

class FileWatch {
 public:
  /// Throws Error (bad_content).
  explicit FileWatch(const std::filesystem::path& file);

  /// Readable when there is something to ask changed() about.
  int fd() const { return fd_.get(); }
  /// Takes what there is to read. True if the file may have other content since it was asked last,
  /// and whoever wrote it has closed it.
  bool changed();

 private:
  void watch(const std::filesystem::path& file);
  void follow_link();
  void follow_again();

  UniqueFd fd_;
  std::filesystem::path file_;
  struct Watched {
    int descriptor;  // of the folder, in inotify's terms
    std::string name;
  };
  std::vector<Watched> watched_;  // the file; and where it is a link, what that leads to
};

}  // namespace drmshow
