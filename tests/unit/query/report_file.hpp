// Reports in files, for tests of what reads them.
#pragma once

#include <filesystem>
#include <string>

namespace drmshow::test {

/// A file of its own, gone with this.
class ReportFile {
 public:
  explicit ReportFile(const std::string& text);
  ~ReportFile();
  ReportFile(const ReportFile&) = delete;
  ReportFile& operator=(const ReportFile&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// card0 (i915, PCI 0000:00:02.0) and card1 (panfrost), which only renders.
std::string two_devices_json();

}  // namespace drmshow::test
