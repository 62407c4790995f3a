#include "show/list.hpp"

#include <fmt/format.h>

#include "kms/mode_choice.hpp"
#include "render/cpu/animations.hpp"
#include "render/cpu/pattern.hpp"

namespace drmshow {
namespace {

bool is_current(const Snapshot& snapshot, const Connector& connector, const Mode& mode) {
  const Crtc* crtc = snapshot.current_crtc(connector);
  return crtc && crtc->mode && mode_argument(*crtc->mode) == mode_argument(mode);
}

std::string connector_line(const Connector& connector) {
  switch (connector.connection) {
    case Connection::disconnected:
      return fmt::format("{}: nothing connected\n", connector.name);
    case Connection::unknown:
      return fmt::format("{}: cannot tell whether something is connected\n", connector.name);
    case Connection::connected:
      break;
  }
  if (connector.size_mm.empty()) return fmt::format("{}: connected\n", connector.name);
  return fmt::format("{}: connected, {} x {} mm\n", connector.name, connector.size_mm.width,
                     connector.size_mm.height);
}

std::string list_modes_of(const Snapshot& snapshot, const Connector& connector) {
  std::string text = connector_line(connector);
  for (std::size_t i = 0; i < connector.modes.size(); ++i) {
    const Mode& mode = connector.modes[i];
    std::string marks;
    if (mode.preferred()) marks += "  preferred";
    if (is_current(snapshot, connector, mode)) marks += "  current";
    text += fmt::format("{:>5}  {}{}\n", fmt::format("#{}", i), mode_argument(mode), marks);
  }
  return text;
}

}  // namespace

std::string list_modes(const std::string& device_label, const Snapshot& snapshot) {
  std::string text = device_label + "\n";
  for (const Connector& connector : snapshot.connectors()) {
    text += list_modes_of(snapshot, connector);
  }
  return text;
}

std::string list_patterns() {
  std::string text;
  for (const PatternInfo& info : patterns()) {
    text += fmt::format("{:<12} {}\n", info.name, info.summary);
  }
  for (const PatternInfo& info : animations()) {
    text += fmt::format("{:<12} {}\n", info.name, info.summary);
  }
  text += fmt::format("{:<12} {}\n", "solid:COLOUR", "one colour: solid:#336699, solid:navy");
  return text;
}

}  // namespace drmshow
