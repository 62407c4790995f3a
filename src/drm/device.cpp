#include "drm-show/device.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <xf86drm.h>

#include "drm-show/error.hpp"
#include "drm/clients.hpp"
#include "drm/drm_ptr.hpp"
#include "drm/ioctl.hpp"

namespace drmshow {
namespace {

[[noreturn]] void throw_open_error(const std::filesystem::path& node, int errnum) {
  const std::string what = fmt::format("cannot open {}", node.string());
  if (errnum == EACCES || errnum == EPERM) {
    throw Error{Failure::no_permission, what,
                "Run as root, or add your user to the group that owns the node (usually "
                "\"video\": sudo usermod -aG video $USER, then log in again).",
                errnum};
  }
  if (!std::filesystem::exists("/dev/dri")) {
    throw Error{
        Failure::no_device, what,
        "There is no /dev/dri here. In a container, pass it in (docker: --device /dev/dri); "
        "otherwise load the graphics driver, or use a virtual display (in the source tree: "
        "scripts/try).",
        errnum};
  }
  throw Error{Failure::no_device, what, "See which devices there are with: ls -l /dev/dri", errnum};
}

UniqueFd open_node(const std::filesystem::path& node) {
  UniqueFd fd{::open(node.c_str(), O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)};
  if (!fd) throw_open_error(node, errno);
  return fd;
}

// By its own name, whatever link led to it (/dev/dri/by-path): uevents know no other.
std::filesystem::path resolve(const std::filesystem::path& node) {
  std::error_code error;
  const auto resolved = std::filesystem::canonical(node, error);
  return error ? node : resolved;
}

std::string driver_of(int fd, const std::filesystem::path& node) {
  const VersionPtr version{drmGetVersion(fd)};
  if (!version) {
    throw Error{Failure::no_device, node.string() + " is not a DRM device",
                "Pass a primary node such as /dev/dri/card0."};
  }
  return {version->name, static_cast<std::size_t>(version->name_len)};
}

unsigned minor_of(int fd) {
  struct stat status {};
  return ::fstat(fd, &status) == 0 ? minor(status.st_rdev) : 0;
}

}  // namespace

Device::Device(const std::filesystem::path& node)
    : fd_{open_node(node)}, node_{resolve(node)}, driver_{driver_of(fd_.get(), node_)} {
  if (drmGetNodeTypeFromFd(fd_.get()) == DRM_NODE_RENDER) {
    throw Error{Failure::no_device, label() + " is a render node: it cannot drive a display",
                "Pass the primary node of the same device (/dev/dri/cardN)."};
  }
}

std::optional<std::uint64_t> Device::cap(std::uint64_t capability) const {
  std::uint64_t value = 0;
  if (drmGetCap(fd_.get(), capability, &value) != 0) return std::nullopt;
  return value;
}

bool Device::try_client_cap(std::uint64_t capability, std::uint64_t value) const {
  return drmSetClientCap(fd_.get(), capability, value) == 0;
}

MasterState Device::master_state() const {
  return drmIsMaster(fd_.get()) ? MasterState::master : MasterState::not_master;
}

void Device::become_master() const {
  if (master_state() == MasterState::master) return;
  if (drmSetMaster(fd_.get()) == 0) return;
  const int errnum = errno;
  if (errnum == ENODEV) throw_device_error(*this, "cannot become DRM master", errnum);
  const auto master = find_master(minor_of(fd_.get()));
  const std::string who =
      master ? fmt::format("{} (pid {})", master->command, master->pid) : "another program";
  throw Error{Failure::master_taken,
              fmt::format("{} is DRM master on {}: it owns the display", who, label()),
              "Switch to a free VT (Ctrl-Alt-F3) and try again there, or stop that program first."};
}

void Device::drop_master() const noexcept {
  drmDropMaster(fd_.get());
}

}  // namespace drmshow
