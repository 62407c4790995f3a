// For users who may not open the node: /sys/class/drm/card0-DP-1 has status, EDID and the names of
// modes for everybody to read.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>

#include <drm_mode.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/utsname.h>
#include <xf86drmMode.h>

#include "drm-show/error.hpp"
#include "drm/node.hpp"
#include "kms/report.hpp"

namespace drmshow {
namespace {

namespace fs = std::filesystem;

std::string first_line(const fs::path& file) {
  std::ifstream stream{file};
  std::string line;
  std::getline(stream, line);
  return line;
}

// As large as an EDID can be: 256 blocks of 128 bytes.
constexpr std::size_t longest_edid = std::size_t{256} * 128;

std::vector<std::byte> bytes_of(const fs::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::string text(longest_edid, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
  return {bytes, bytes + stream.gcount()};
}

// "1920x1080" or "1920x1080i": no more than that is told.
Mode mode_named(const std::string& name) {
  drm_mode_modeinfo raw{};
  std::snprintf(raw.name, sizeof raw.name, "%s", name.c_str());
  unsigned width = 0;
  unsigned height = 0;
  char interlaced = 0;
  if (std::sscanf(name.c_str(), "%5ux%5u%c", &width, &height, &interlaced) >= 2) {
    raw.hdisplay = static_cast<std::uint16_t>(width);
    raw.vdisplay = static_cast<std::uint16_t>(height);
    if (interlaced == 'i') raw.flags |= DRM_MODE_FLAG_INTERLACE;
  }
  return Mode{raw};
}

Connection connection_named(const std::string& word) {
  if (word == "connected") return Connection::connected;
  return word == "disconnected" ? Connection::disconnected : Connection::unknown;
}

// From "HDMI-A-1", the name without its number.
std::uint32_t type_of(const std::string& name) {
  const std::string type = name.substr(0, name.rfind('-'));
  for (std::uint32_t i = 0; i < 64; ++i) {
    const char* known = drmModeGetConnectorTypeName(i);
    if (known && type == known) return i;
  }
  return DRM_MODE_CONNECTOR_Unknown;
}

class SysfsReader {
 public:
  explicit SysfsReader(fs::path folder) : folder_{std::move(folder)} {}

  SnapshotData read() {
    const std::string card = folder_.filename().string() + "-";
    std::vector<fs::path> folders;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{folder_, error}) {
      if (entry.path().filename().string().starts_with(card)) folders.push_back(entry.path());
    }
    std::ranges::sort(folders);
    for (const fs::path& path : folders) {
      read_connector(path, path.filename().string().substr(card.size()));
    }
    return std::move(data_);
  }

 private:
  void read_connector(const fs::path& path, std::string name) {
    Connector connector;
    connector.id = ConnectorId{static_cast<std::uint32_t>(
        std::strtoul(first_line(path / "connector_id").c_str(), nullptr, 10))};
    connector.type = type_of(name);
    connector.name = std::move(name);
    connector.connection = connection_named(first_line(path / "status"));
    std::ifstream modes{path / "modes"};
    for (std::string line; std::getline(modes, line);) connector.modes.push_back(mode_named(line));
    add_edid(connector, bytes_of(path / "edid"));
    data_.connectors.push_back(std::move(connector));
  }

  // Under a blob id of our own: sysfs tells none.
  void add_edid(Connector& connector, std::vector<std::byte> bytes) {
    if (bytes.empty()) return;
    const BlobId id{static_cast<std::uint32_t>(data_.blobs.size() + 1)};
    data_.blobs.emplace(id, std::move(bytes));
    connector.properties = PropertySet{{{edid_info(), id.raw()}}};
  }

  const PropertyInfo* edid_info() {
    if (data_.property_infos.empty()) {
      PropertyInfo info;
      info.name = "EDID";
      info.flags = DRM_MODE_PROP_BLOB | DRM_MODE_PROP_IMMUTABLE;
      info.kind = PropertyKind::blob;
      info.immutable = true;
      data_.property_infos.push_back(std::move(info));
    }
    return &data_.property_infos.front();
  }

  fs::path folder_;
  SnapshotData data_;
};

}  // namespace

Report read_sysfs_report(const fs::path& node) {
  struct stat status {};
  if (::stat(node.c_str(), &status) != 0) {
    throw Error{Failure::no_device, fmt::format("cannot find {}", node.string()),
                "See which devices there are with: ls -l /dev/dri", errno};
  }
  const unsigned number = minor(status.st_rdev);
  std::error_code error;
  const fs::path folder = fs::canonical(fmt::format("/sys/dev/char/226:{}", number), error);
  Report report;
  report.path = resolve_node(node).string();
  report.access = Access::sysfs_only;
  report.kernel = read_kernel();
  report.bus = read_bus(number);
  report.render_path = render_node(number);
  report.kms.emplace(SysfsReader{folder}.read());
  return report;
}

}  // namespace drmshow
