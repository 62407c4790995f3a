#include "drm/bus.hpp"

#include <fstream>

#include <fmt/format.h>

namespace drmshow {
namespace {

namespace fs = std::filesystem;

fs::path real_path(const fs::path& link) {
  std::error_code error;
  const fs::path real = fs::canonical(link, error);
  return error ? fs::path{} : real;
}

std::uint16_t read_hex(const fs::path& file) {
  std::ifstream stream{file};
  unsigned value = 0;
  stream >> std::hex >> value;
  return static_cast<std::uint16_t>(value);
}

}  // namespace

BusInfo read_bus(const fs::path& device) {
  fs::path folder = real_path(device);
  if (real_path(folder / "subsystem").filename() == "virtio") folder = folder.parent_path();
  BusInfo bus;
  bus.type = real_path(folder / "subsystem").filename().string();
  if (bus.type.empty()) return bus;
  bus.address = folder.filename().string();
  bus.kernel_driver = real_path(folder / "driver").filename().string();
  if (bus.type == "pci") {
    bus.pci = PciIds{read_hex(folder / "vendor"), read_hex(folder / "device"),
                     read_hex(folder / "subsystem_vendor"), read_hex(folder / "subsystem_device")};
  }
  return bus;
}

fs::path sysfs_device(unsigned minor) {
  return fmt::format("/sys/dev/char/226:{}/device", minor);
}

std::string render_node(const fs::path& device) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator{device / "drm", error}) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("renderD")) return "/dev/dri/" + name;
  }
  return {};
}

}  // namespace drmshow
