#include "kms/output_choice.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.hpp"
#include "drm-show/error.hpp"
#include "kms/words.hpp"

namespace drmshow {
namespace {

// Some old connectors (VGA, composite) cannot tell; a display that cannot be detected still shows.
bool may_show(const Connector& connector) {
  return connector.connection == Connection::connected ||
         (connector.connection == Connection::unknown && !connector.modes.empty());
}

std::string list_of_outputs(const Snapshot& snapshot) {
  std::vector<std::string> entries;
  for (const Connector& connector : snapshot.connectors()) {
    entries.push_back(fmt::format("{} ({})", connector.name, status_word(connector.connection)));
  }
  if (entries.empty()) return "This device has no outputs.";
  return fmt::format("This device has: {}.", fmt::join(entries, ", "));
}

[[noreturn]] void throw_unknown(const Snapshot& snapshot, const std::string& name) {
  std::vector<std::string> names;
  for (const Connector& connector : snapshot.connectors()) names.push_back(connector.name);
  throw Error{Failure::no_output, fmt::format("there is no output \"{}\"", name),
              did_you_mean(name, names) + list_of_outputs(snapshot)};
}

const Connector* choose(const Snapshot& snapshot, const std::string& name) {
  const Connector* connector = snapshot.find_connector(name);
  if (!connector) throw_unknown(snapshot, name);
  if (!may_show(*connector)) {
    throw Error{Failure::no_output, fmt::format("nothing is connected to {}", name),
                list_of_outputs(snapshot) + " With --wait drm-show waits for it."};
  }
  return connector;
}

std::vector<const Connector*> all_with(const Snapshot& snapshot, Connection connection) {
  std::vector<const Connector*> chosen;
  for (const Connector& connector : snapshot.connectors()) {
    if (connector.connection == connection && may_show(connector)) chosen.push_back(&connector);
  }
  return chosen;
}

}  // namespace

std::vector<const Connector*> choose_outputs(const Snapshot& snapshot,
                                             std::span<const std::string> names) {
  std::vector<const Connector*> chosen;
  for (const std::string& name : names) {
    const Connector* connector = choose(snapshot, name);
    if (std::ranges::find(chosen, connector) == chosen.end()) chosen.push_back(connector);
  }
  if (!names.empty()) return chosen;
  chosen = all_with(snapshot, Connection::connected);
  if (chosen.empty()) chosen = all_with(snapshot, Connection::unknown);
  if (chosen.empty()) {
    throw Error{Failure::no_output, "no output is connected",
                "Plug a display in (drm-show --wait waits for one). " + list_of_outputs(snapshot)};
  }
  return chosen;
}

}  // namespace drmshow
