#include "render/vulkan/gpu_error.hpp"

#include <fmt/format.h>

namespace drmshow {

void throw_gpu_error(std::string_view what, const vk::SystemError& error) {
  const auto result = static_cast<vk::Result>(error.code().value());
  if (result == vk::Result::eErrorDeviceLost) throw GpuLost{std::string{what}};
  const bool memory =
      result == vk::Result::eErrorOutOfDeviceMemory || result == vk::Result::eErrorOutOfHostMemory;
  throw Error{Failure::gpu, fmt::format("{}: {}", what, vk::to_string(result)),
              memory ? "The GPU has too little memory: a smaller mode or model needs less."
                     : "With --render cpu the processor draws."};
}

}  // namespace drmshow
