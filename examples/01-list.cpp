// Lists every display device with its outputs and their modes. Changes nothing.
#include <cstdio>

#include <drm-show/drm-show.hpp>

namespace {

const char* text_of(drmshow::Connection connection) {
  switch (connection) {
    case drmshow::Connection::connected:
      return "connected";
    case drmshow::Connection::disconnected:
      return "disconnected";
    case drmshow::Connection::unknown:
      break;
  }
  return "unknown";
}

void list(const drmshow::Device& device) {
  std::printf("%s\n", device.label().c_str());
  drmshow::set_display_caps(device);
  const drmshow::Snapshot snapshot = drmshow::take_snapshot(device, drmshow::ProbePolicy::current);
  for (const drmshow::Connector& connector : snapshot.connectors()) {
    std::printf("  %s: %s\n", connector.name.c_str(), text_of(connector.connection));
    for (const drmshow::Mode& mode : connector.modes) {
      std::printf("    %s%s\n", to_string(mode).c_str(), mode.preferred() ? " (preferred)" : "");
    }
  }
}

}  // namespace

int main() {
  for (const drmshow::DeviceInfo& info : drmshow::list_devices()) {
    try {
      list(drmshow::Device{info.node});
    } catch (const drmshow::Error& error) {
      std::fprintf(stderr, "%s\n%s\n", error.what(), error.hint().c_str());
    }
  }
}
