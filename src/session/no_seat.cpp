#include "session/no_seat.hpp"

#include <fcntl.h>

#include "drm/node.hpp"

namespace drmshow {

UniqueFd NoSeat::open_device(const std::filesystem::path& node) {
  return open_node(node, O_RDWR);
}

}  // namespace drmshow
