// Finding devices: sysfs lists those on every bus, with or without a running udevd. (libdrm's own
// list leaves out buses that it does not know.)
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "drm-show/device_list.hpp"
#include "drm/bus.hpp"

namespace drmshow {
namespace {

namespace fs = std::filesystem;

/// The N of "cardN"; nullopt for connectors ("card0-DP-1"), render nodes and the rest.
std::optional<unsigned> card_number(const std::string& name) {
  constexpr std::string_view prefix = "card";
  if (!name.starts_with(prefix)) return std::nullopt;
  unsigned number = 0;
  const char* const last = name.data() + name.size();
  const auto [end, error] = std::from_chars(name.data() + prefix.size(), last, number);
  return error == std::errc{} && end == last ? std::optional{number} : std::nullopt;
}

fs::path node_of(unsigned number) {
  return "/dev/dri/card" + std::to_string(number);
}

DeviceInfo describe(unsigned number) {
  const BusInfo bus = read_bus(number);
  DeviceInfo info;
  info.node = node_of(number);
  info.kernel_driver = bus.kernel_driver;
  if (bus.type == "pci") info.pci_slot = bus.address;
  return info;
}

std::vector<unsigned> cards_in(const fs::path& folder) {
  std::vector<unsigned> numbers;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{folder, error}) {
    if (const auto number = card_number(entry.path().filename().string())) {
      numbers.push_back(*number);
    }
  }
  std::ranges::sort(numbers);
  return numbers;
}

std::vector<unsigned> cards() {
  std::vector<unsigned> numbers = cards_in("/sys/class/drm");
  // In some containers there is no /sys.
  return numbers.empty() ? cards_in("/dev/dri") : numbers;
}

}  // namespace

std::vector<DeviceInfo> list_devices() {
  std::vector<DeviceInfo> devices;
  for (const unsigned number : cards()) devices.push_back(describe(number));
  return devices;
}

std::vector<fs::path> list_nodes() {
  std::vector<fs::path> nodes;
  for (const unsigned number : cards()) nodes.push_back(node_of(number));
  return nodes;
}

}  // namespace drmshow
