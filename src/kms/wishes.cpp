#include "kms/wishes.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "drm-show/error.hpp"
#include "kms/output_choice.hpp"

namespace drmshow {
namespace {

ModeChoice checked_mode_choice(const std::string& text) {
  if (const auto choice = parse_mode_choice(text)) return *choice;
  throw Error{Failure::usage, fmt::format("\"{}\" is not a mode", text),
              "Say preferred, highest, 1920x1080, 1920x1080@59.94 or #2; --list-modes shows what "
              "each output can do."};
}

// A dock or adapter that offers no modes must not keep the others dark; asked for by name, or
// alone, it is an error.
void leave_out_modeless(std::vector<const Connector*>& outputs, std::vector<std::string>& notes) {
  if (std::ranges::all_of(outputs, [](const auto* it) { return it->modes.empty(); })) return;
  std::erase_if(outputs, [&](const Connector* connector) {
    if (!connector->modes.empty()) return false;
    notes.push_back(fmt::format("{} stays dark: it offers no modes", connector->name));
    return true;
  });
}

}  // namespace

Wishes::Wishes(std::vector<std::string> names, const std::string& mode,
               std::span<const std::string> output_modes, Strictness strictness)
    : names_{std::move(names)}, strictness_{strictness} {
  for (const std::string& text : output_modes) {
    const auto colon = text.find(':');
    if (colon == std::string::npos) {
      throw Error{Failure::usage, fmt::format("\"{}\" names no output and mode", text),
                  "Say for example HDMI-A-1:1920x1080@50."};
    }
    add(text.substr(0, colon), text.substr(colon + 1));
  }
  add({}, mode);
}

void Wishes::add(const std::string& output, const std::string& text) {
  modes_.push_back({output, text, checked_mode_choice(text)});
}

std::vector<const Connector*> Wishes::outputs(const Snapshot& snapshot,
                                              std::vector<std::string>& notes) const {
  auto outputs = choose_outputs(snapshot, names_there(snapshot));
  if (names_.empty() || strictness_ == Strictness::adapt) leave_out_modeless(outputs, notes);
  if (strictness_ == Strictness::refuse) check_modes(outputs);
  return outputs;
}

// Those that may be missing are left out; if none is left, all, for the sake of the error.
std::vector<std::string> Wishes::names_there(const Snapshot& snapshot) const {
  if (strictness_ == Strictness::refuse) return names_;
  std::vector<std::string> there;
  for (const std::string& name : names_) {
    const Connector* connector = snapshot.find_connector(name);
    if (connector && connector->connection != Connection::disconnected) there.push_back(name);
  }
  return there.empty() ? names_ : there;
}

// A mode for an output that is not there is a mistake, not a wish for later.
void Wishes::check_modes(const std::vector<const Connector*>& outputs) const {
  for (const Wish& wish : modes_) {
    const auto is_it = [&](const auto* connector) { return connector->name == wish.output; };
    if (wish.output.empty() || std::ranges::any_of(outputs, is_it)) continue;
    throw Error{Failure::no_output, fmt::format("--mode {}:{}: {} is not one of the outputs",
                                                wish.output, wish.text, wish.output)};
  }
}

Mode Wishes::mode_of(const Connector& connector, std::vector<std::string>& notes) const {
  if (connector.modes.empty()) {
    throw Error{Failure::mode_refused, fmt::format("{} offers no modes", connector.name),
                "The display did not say what it can do (no EDID?): check cable and adapter."};
  }
  const auto wish = std::ranges::find_if(modes_, [&](const Wish& each) {
    return each.output.empty() || each.output == connector.name;
  });
  if (const Mode* mode = choose_mode(connector.modes, wish->choice)) return *mode;
  const std::string what = fmt::format("{} has no mode {}", connector.name, wish->text);
  if (strictness_ == Strictness::adapt) {
    notes.push_back(what + ": its preferred one is taken");
    return *choose_mode(connector.modes, ModeChoice{});
  }
  throw Error{Failure::mode_refused, what,
              fmt::format("Nearest: {}. See all with --list-modes.",
                          fmt::join(nearest_modes(connector.modes, wish->choice, 4), ", "))};
}

}  // namespace drmshow
