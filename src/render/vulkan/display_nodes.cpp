#include "render/vulkan/display_nodes.hpp"

#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace drmshow {
namespace {

NodeNumber number_of(dev_t device) {
  return {static_cast<std::int64_t>(major(device)), static_cast<std::int64_t>(minor(device))};
}

// A sysfs file "dev": "226:128".
std::optional<NodeNumber> read_number(const std::filesystem::path& file) {
  std::ifstream stream{file};
  NodeNumber number;
  char colon = 0;
  if (stream >> number.major >> colon >> number.minor && colon == ':') return number;
  return std::nullopt;
}

}  // namespace

DisplayNodes display_nodes(const Device& device) {
  struct stat status {};
  if (::fstat(device.fd(), &status) != 0) return {};
  DisplayNodes nodes = nodes_of_device(status.st_rdev);
  nodes.primary = number_of(status.st_rdev);
  return nodes;
}

DisplayNodes nodes_of_device(dev_t node) {
  const std::filesystem::path beside =
      fmt::format("/sys/dev/char/{}:{}/device/drm", major(node), minor(node));
  DisplayNodes nodes;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator{beside, error}) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("renderD")) nodes.render = read_number(entry.path() / "dev");
    if (name.starts_with("card")) nodes.primary = read_number(entry.path() / "dev");
  }
  return nodes;
}

}  // namespace drmshow
