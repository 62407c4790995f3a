// The GPU is gone, but a new one may work.
#pragma once

#include <string>

#include "drm-show/error.hpp"
#include "drm-show/export.hpp"

namespace drmshow {

/// The GPU was reset or taken away (VK_ERROR_DEVICE_LOST): what was made with it is of no use.
class DRMSHOW_API GpuLost : public Error {
 public:
  explicit GpuLost(const std::string& what)
      : Error{Failure::gpu, what + ": the GPU was lost",
              "Its driver has reset it, or it was taken away. See dmesg."} {}
};

}  // namespace drmshow
