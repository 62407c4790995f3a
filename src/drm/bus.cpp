#include "drm/bus.hpp"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace drmshow {
namespace {

namespace fs = std::filesystem;

// Where a link leads, as it is written: resolving it to the end would cost a request to the kernel
// for each folder on the way.
fs::path target_of(const fs::path& link) {
  std::error_code error;
  const fs::path target = fs::read_symlink(link, error);
  return error ? fs::path{} : target;
}

std::uint16_t read_hex(const fs::path& file) {
  std::ifstream stream{file};
  unsigned value = 0;
  stream >> std::hex >> value;
  return static_cast<std::uint16_t>(value);
}

fs::path node_folder(unsigned minor) {
  return fmt::format("/sys/dev/char/226:{}", minor);
}

}  // namespace

BusInfo read_bus(unsigned minor) {
  const fs::path node = node_folder(minor);
  // "../../devices/pci0000:00/0000:00:05.0/virtio3/drm/card0"
  fs::path place = target_of(node).parent_path().parent_path();
  fs::path folder = node / "device";
  if (target_of(folder / "subsystem").filename() == "virtio") {
    place = place.parent_path();
    folder /= "..";
  }
  BusInfo bus;
  bus.type = target_of(folder / "subsystem").filename().string();
  if (bus.type.empty()) return bus;
  bus.address = place.filename().string();
  bus.kernel_driver = target_of(folder / "driver").filename().string();
  if (bus.type == "pci") {
    bus.pci = PciIds{read_hex(folder / "vendor"), read_hex(folder / "device"),
                     read_hex(folder / "subsystem_vendor"), read_hex(folder / "subsystem_device")};
  }
  return bus;
}

std::string render_node(unsigned minor) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{node_folder(minor) / "device/drm", error}) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("renderD")) return "/dev/dri/" + name;
  }
  return {};
}

}  // namespace drmshow
