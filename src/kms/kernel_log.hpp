// What the kernel's DRM code says, in its debug messages, while we try something: the only place
// where it explains a refusal. Needs root.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "drm-show/fd.hpp"

namespace drmshow {

class KernelLog {
 public:
  /// For whoever gives up the right to open the kernel's log before there is anything to read: all
  /// that are made later listen there. Where that is not permitted, nothing happens.
  static void open_ahead();

  /// Turns on the atomic and KMS debug messages and starts to listen. Where that is not permitted,
  /// nothing is collected.
  KernelLog();
  /// Puts the debug setting back as it was.
  ~KernelLog();
  KernelLog(const KernelLog&) = delete;
  KernelLog& operator=(const KernelLog&) = delete;

  /// The DRM messages since construction, without their headers, oldest first.
  std::vector<std::string> messages() const;

 private:
  UniqueFd log_;
  std::optional<std::string> previous_debug_;  // of /sys/module/drm/parameters/debug
};

/// The text of a record from /dev/kmsg if it is a DRM message, else nullopt. Pure.
std::optional<std::string> drm_message(const std::string& record);

}  // namespace drmshow
