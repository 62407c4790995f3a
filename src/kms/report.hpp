// Everything that the kernel tells about one DRM device: what drm-query shows. A value without any
// descriptor behind it: read from a live device, or from a file that one was saved to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "drm-show/geometry.hpp"
#include "drm-show/snapshot.hpp"
#include "drm/bus.hpp"
#include "drm/clients.hpp"

namespace drmshow {

struct DriverInfo {
  std::string name;  ///< "virtio_gpu"; empty where only sysfs could be read
  std::string description;
  std::string date;
  int major = 0;
  int minor = 0;
  int patch = 0;
};

/// uname(2).
struct KernelInfo {
  std::string sysname;
  std::string release;
  std::string version;
};

/// A capability (DRM_CAP_*) without its prefix: "DUMB_BUFFER".
struct Capability {
  std::string name;
  std::optional<std::uint64_t> value;  ///< nullopt: this kernel or driver does not know it
};

/// What a client may ask for (DRM_CLIENT_CAP_*), without its prefix: "ATOMIC".
struct ClientCapability {
  std::string name;
  bool supported = false;
};

/// Sizes that framebuffers may have.
struct FramebufferLimits {
  Size least;
  Size greatest;
};

/// How much of the device we were allowed to see.
enum class Access {
  full,
  sysfs_only,  ///< the node may not be opened: connectors with status, EDID and mode names only
};

struct Report {
  std::string path;         ///< of the primary node: "/dev/dri/card0"
  std::string render_path;  ///< of the render node, or empty
  Access access = Access::full;
  DriverInfo driver;
  KernelInfo kernel;
  BusInfo bus;
  std::vector<ClientCapability> client_caps;
  std::vector<Capability> caps;
  std::optional<FramebufferLimits> limits;
  /// nullopt: it only renders.
  std::optional<Snapshot> kms;
  /// Programs that are DRM master: at most one, and one for each lease. nullopt: not told to us.
  std::optional<std::vector<DrmClient>> masters;
  /// Ids of what has been leased out; nullopt: the kernel tells only the lessor.
  std::optional<std::vector<std::uint32_t>> lessees;
  /// What could not be read, and why: whole sentences.
  std::vector<std::string> notes;

  /// "card0"
  std::string name() const { return std::filesystem::path{path}.filename().string(); }
};

/// Reads a device. It is opened so that it is DRM master for no longer than the open itself, or
/// with ProbePolicy::probe for no longer than the probing, if nobody else is. Throws Error:
/// no_device, device_lost.
Report read_report(const std::filesystem::path& node, ProbePolicy policy);

KernelInfo read_kernel();

/// What sysfs tells about a node that may not be opened.
Report read_sysfs_report(const std::filesystem::path& node);

}  // namespace drmshow
