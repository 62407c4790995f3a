#include "show/backend_choice.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <xf86drm.h>

#include "drm-show/device.hpp"
#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"
#include "wayland/wayland.hpp"

namespace drmshow {
namespace {

// Whether somebody listens there. $WAYLAND_SOCKET is a connection already, and not for a try.
bool answers_at(const std::string& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.empty()) return false;
  if (!socket.starts_with('/')) return true;
  if (socket.size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, socket.data(), socket.size());
  const UniqueFd fd{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
  sockaddr any{};
  static_assert(sizeof any <= sizeof address);
  const auto* const where = reinterpret_cast<const sockaddr*>(&address);
  return fd && ::connect(fd.get(), where, sizeof address) == 0;
}

}  // namespace

BackendChoice choose_backend(const Options& options, const Surroundings& now) {
  if (now.compositor.empty()) return {};
  if (options.display_asked) {
    return {Backend::kms, *options.display_asked + " is about displays"};
  }
  if (!now.answers) {
    return {Backend::kms, fmt::format("no compositor answers at {}", now.compositor)};
  }
  switch (now.owner) {
    case DisplayOwner::nobody:
      return {Backend::kms, now.device + " is free"};
    case DisplayOwner::another:
      return {Backend::wayland, "another program is DRM master on " + now.device};
    case DisplayOwner::hidden:
      return {Backend::wayland, "displays may not be opened, and a compositor is there"};
    case DisplayOwner::missing:
      break;
  }
  return {Backend::wayland, "there is no display device, and a compositor is there"};
}

Surroundings look_around(const Options& options) {
  Surroundings now{.compositor = wayland_socket(), .device = {}};
  if (now.compositor.empty() || options.display_asked) return now;
  now.answers = answers_at(now.compositor);
  if (!now.answers) return now;
  try {
    const Device device = Device::open(options.device);
    now.device = device.label();
    // Who opens a device that has no master is it.
    now.owner = ::drmIsMaster(device.fd()) != 0 ? DisplayOwner::nobody : DisplayOwner::another;
    device.drop_master();
  } catch (const Error& error) {
    const bool hidden = error.failure() == Failure::no_permission;
    now.owner = hidden ? DisplayOwner::hidden : DisplayOwner::missing;
  }
  return now;
}

}  // namespace drmshow
