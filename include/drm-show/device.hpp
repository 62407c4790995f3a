// A DRM device that can drive displays: the open primary node (/dev/dri/cardN).
//
// Whoever opens a primary node while it has no master becomes DRM master, the one client that may
// change modes. A Device gives that up only when it is destroyed or told to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "drm-show/device_list.hpp"
#include "drm-show/export.hpp"
#include "drm-show/fd.hpp"

namespace drmshow {

enum class MasterState { master, not_master };

/// How a primary node is opened. Throws Error: no_device, no_permission.
using NodeOpener = std::function<UniqueFd(const std::filesystem::path& node)>;

class DRMSHOW_API Device {
 public:
  /// Opens a primary node. Throws Error: no_device, no_permission.
  explicit Device(const std::filesystem::path& node);
  /// One that somebody else has opened, a seat manager perhaps. Throws Error: no_device.
  Device(UniqueFd fd, const std::filesystem::path& node);

  /// `selector`: a path ("/dev/dri/card1"), a node's name ("card1"), a DRM driver's name
  /// ("virtio_gpu"), a PCI slot ("0000:00:02.0", "00:02.0"), or empty for the first device with a
  /// connected output. Throws Error: no_device, no_permission, no_output.
  static Device open(const std::string& selector = {});
  /// Every node that is looked at is opened by `opener`.
  static Device open(const std::string& selector, const NodeOpener& opener);

  int fd() const noexcept { return fd_.get(); }
  const std::filesystem::path& node() const noexcept { return node_; }
  /// "card0"
  std::string name() const { return node_.filename().string(); }
  /// The DRM driver ("virtio_gpu", "vkms").
  const std::string& driver() const noexcept { return driver_; }
  /// "card0 (virtio_gpu)": how messages call it.
  std::string label() const { return name() + " (" + driver_ + ")"; }

  /// DRM_CAP_*; nullopt if the kernel does not know it.
  std::optional<std::uint64_t> cap(std::uint64_t capability) const;
  /// DRM_CLIENT_CAP_*; false if the kernel or driver refuses it.
  bool try_client_cap(std::uint64_t capability, std::uint64_t value) const;

  MasterState master_state() const;
  /// Makes us DRM master or throws Error: master_taken, naming the program that is, where the
  /// kernel tells.
  void become_master() const;
  void drop_master() const noexcept;

 private:
  UniqueFd fd_;
  std::filesystem::path node_;
  std::string driver_;
};

}  // namespace drmshow
