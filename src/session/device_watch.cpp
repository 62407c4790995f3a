#include "session/device_watch.hpp"

namespace drmshow {

bool DeviceWatch::device_is_gone() {
  while (const auto event = uevents_.next()) {
    if (event->action == "remove" && event->node == node_.native()) return true;
  }
  return false;
}

}  // namespace drmshow
