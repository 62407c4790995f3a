#include "drm-show/device.hpp"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <xf86drm.h>

#include "drm-show/error.hpp"
#include "drm/clients.hpp"
#include "drm/drm_ptr.hpp"
#include "drm/ioctl.hpp"
#include "drm/node.hpp"

namespace drmshow {
namespace {

std::string driver_of(int fd, const std::filesystem::path& node) {
  const VersionPtr version{drmGetVersion(fd)};
  if (!version) {
    throw Error{Failure::no_device, node.string() + " is not a DRM device",
                "Pass a primary node such as /dev/dri/card0."};
  }
  return {version->name, static_cast<std::size_t>(version->name_len)};
}

}  // namespace

Device::Device(const std::filesystem::path& node) : Device{open_node(node, O_RDWR), node} {}

Device::Device(UniqueFd fd, const std::filesystem::path& node)
    : fd_{std::move(fd)}, node_{resolve_node(node)}, driver_{driver_of(fd_.get(), node_)} {
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
  const auto master = find_master(node_minor(fd_.get()));
  const std::string who =
      master ? fmt::format("{} (pid {})", master->command, master->pid) : "another program";
  throw Error{
      Failure::master_taken,
      fmt::format("{} is DRM master on {}: it owns the display", who, label()),
      "Switch to a free VT (Ctrl-Alt-F3) and try again there, or stop that program first. In a "
      "Wayland session, drm-show --backend wayland opens a window instead."};
}

void Device::drop_master() const noexcept {
  drmDropMaster(fd_.get());
}

}  // namespace drmshow
