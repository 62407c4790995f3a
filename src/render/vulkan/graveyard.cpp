#include "render/vulkan/graveyard.hpp"

namespace drmshow {

void Graveyard::collect(std::uint64_t completed) {
  for (auto grave = graves_.begin(); grave != graves_.end();) {
    grave = grave->value <= completed ? graves_.erase(grave) : std::next(grave);
  }
}

}  // namespace drmshow
