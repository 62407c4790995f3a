// Commands that run once, and are waited for: for loading, not for frames.
#pragma once

#include "render/vulkan/gpu.hpp"

namespace drmshow {

class OneTimeCommands {
 public:
  explicit OneTimeCommands(const Gpu& gpu);
  const vk::raii::CommandBuffer& commands() const { return commands_; }
  /// Runs what was recorded, and returns when it is done.
  void run();

 private:
  const Gpu& gpu_;
  vk::raii::CommandPool pool_;
  vk::raii::CommandBuffer commands_;
};

/// Records by `record(commands)`, runs that, and waits until it is done.
template <class Record>
void run_once(const Gpu& gpu, const Record& record) {
  OneTimeCommands once{gpu};
  record(once.commands());
  once.run();
}

}  // namespace drmshow
