#include "report_file.hpp"

#include <fstream>
#include <vector>

#include <unistd.h>

#include "json_reports.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {

ReportFile::ReportFile(const std::string& text) {
  std::string name = std::filesystem::temp_directory_path() / "drm-query-test-XXXXXX";
  const int fd = ::mkstemp(name.data());
  ::close(fd);
  path_ = name;
  std::ofstream{path_, std::ios::binary} << text;
}

ReportFile::~ReportFile() {
  std::error_code error;
  std::filesystem::remove(path_, error);
}

std::string two_devices_json() {
  std::vector<Report> reports;
  reports.push_back(laptop());
  reports.back().path = "/dev/dri/card0";
  reports.push_back(render_only());
  reports.back().path = "/dev/dri/card1";
  return json_of(reports);
}

}  // namespace drmshow::test
