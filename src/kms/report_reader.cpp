// The one way of drm-query to a device: opened, read and closed in here, so that nothing above
// ever holds what could change a mode.
#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/utsname.h>
#include <xf86drm.h>
#include <xf86drmMode.h>

#include "drm-show/error.hpp"
#include "drm/caps.hpp"
#include "drm/drm_ptr.hpp"
#include "drm/ioctl.hpp"
#include "drm/new_kernel.hpp"
#include "drm/node.hpp"
#include "kms/report.hpp"
#include "kms/snapshot_reader.hpp"

namespace drmshow {
namespace {

// Whoever opens a primary node without a master becomes it, and a compositor that starts meanwhile
// would be refused. Kernels before 5.8 let only root give it up: there, closing does it.
class Master {
 public:
  explicit Master(int fd) : fd_{fd} {}
  ~Master() { drop(); }
  Master(const Master&) = delete;
  Master& operator=(const Master&) = delete;

  bool held() const { return drmIsMaster(fd_) != 0; }
  void drop() const noexcept { static_cast<void>(drmDropMaster(fd_)); }

 private:
  int fd_;
};

std::string text(const char* chars, int length) {
  return chars && length > 0 ? std::string{chars, static_cast<std::size_t>(length)} : std::string{};
}

DriverInfo read_driver(int fd, const std::filesystem::path& node) {
  errno = 0;
  const VersionPtr version{drmGetVersion(fd)};
  if (!version) {
    if (errno == ENODEV || errno == EIO) throw_read_error(node, "cannot read its driver", errno);
    throw Error{Failure::no_device, node.string() + " is not a DRM device",
                "Pass a primary node such as /dev/dri/card0."};
  }
  return {text(version->name, version->name_len),
          text(version->desc, version->desc_len),
          text(version->date, version->date_len),
          version->version_major,
          version->version_minor,
          version->version_patchlevel};
}

// Asking is setting: and what is set here decides what the kernel shows from now on. The colour
// pipelines are let go of again, since they hide other properties.
std::vector<ClientCapability> set_client_caps(int fd) {
  std::vector<ClientCapability> result;
  for (const NamedCap& cap : client_caps()) {
    result.push_back({std::string{cap.name}, drmSetClientCap(fd, cap.number, 1) == 0});
  }
  static_cast<void>(drmSetClientCap(fd, drm_client_cap_plane_color_pipeline, 0));
  return result;
}

std::vector<Capability> read_caps(int fd) {
  std::vector<Capability> result;
  for (const NamedCap& cap : driver_caps()) {
    std::uint64_t value = 0;
    const bool known = drmGetCap(fd, cap.number, &value) == 0;
    result.push_back({std::string{cap.name}, known ? std::optional{value} : std::nullopt});
  }
  return result;
}

std::optional<std::vector<std::uint32_t>> read_lessees(int fd) {
  const DrmPtr<drmModeLesseeListRes, drmFree> list{drmModeListLessees(fd)};
  if (!list) return std::nullopt;
  return std::vector<std::uint32_t>{list->lessees, list->lessees + list->count};
}

FramebufferLimits limits_of(const drmModeRes& raw) {
  auto size = [](std::uint32_t width, std::uint32_t height) {
    return Size{static_cast<int>(width), static_cast<int>(height)};
  };
  return {size(raw.min_width, raw.min_height), size(raw.max_width, raw.max_height)};
}

// EOPNOTSUPP, and before 5.x EINVAL: a device without displays.
bool only_renders(int errnum) {
  return errnum == EOPNOTSUPP || errnum == EINVAL;
}

void read_displays(int fd, ProbePolicy policy, Report& report) {
  errno = 0;
  const ResourcesPtr resources{drmModeGetResources(fd)};
  if (!resources && only_renders(errno)) return;
  const ReadTarget target{fd, fmt::format("{} ({})", report.name(), report.driver.name)};
  if (!resources) throw_read_error(target.label, "cannot read its objects", errno);
  report.limits = limits_of(*resources);
  report.kms.emplace(read_snapshot(target, *resources, policy, Detail::everything));
}

}  // namespace

KernelInfo read_kernel() {
  utsname names{};
  if (::uname(&names) != 0) return {};
  return {names.sysname, names.release, names.version};
}

Report read_report(const std::filesystem::path& node, ProbePolicy policy) {
  const UniqueFd fd = open_node(node, O_RDONLY);
  const Master master{fd.get()};
  Report report;
  if (policy == ProbePolicy::current) {
    master.drop();
  } else if (!master.held()) {
    report.notes.emplace_back(
        "Not probed: another program is DRM master, and only the master may ask the hardware.");
  }
  report.path = resolve_node(node).string();
  report.driver = read_driver(fd.get(), node);
  if (drmGetNodeTypeFromFd(fd.get()) == DRM_NODE_RENDER) {
    throw Error{Failure::no_device, report.name() + " is a render node: it has no displays",
                "Pass the primary node of the same device (/dev/dri/cardN)."};
  }
  report.kernel = read_kernel();
  const unsigned minor = node_minor(fd.get());
  report.bus = read_bus(minor);
  report.render_path = render_node(minor);
  report.client_caps = set_client_caps(fd.get());
  report.caps = read_caps(fd.get());
  report.lessees = read_lessees(fd.get());
  read_displays(fd.get(), policy, report);
  master.drop();
  report.masters = find_masters(minor);
  return report;
}

}  // namespace drmshow
