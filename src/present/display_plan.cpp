#include "present/display_plan.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "drm-show/error.hpp"
#include "kms/output_choice.hpp"
#include "kms/property_setting.hpp"
#include "render/cpu/paint.hpp"

namespace drmshow {
namespace {

Api choose_api(const Device& device, std::optional<Api> wish) {
  const Api best = set_display_caps(device);
  return wish.value_or(best) == Api::legacy ? Api::legacy : best;
}

ModeChoice checked_mode_choice(const std::string& text) {
  if (const auto choice = parse_mode_choice(text)) return *choice;
  throw Error{Failure::usage, fmt::format("\"{}\" is not a mode", text),
              "Say preferred, highest, 1920x1080, 1920x1080@59.94 or #2; --list-modes shows what "
              "each output can do."};
}

PropertySetting checked_setting(const std::string& text) {
  if (auto setting = parse_property_setting(text)) return *setting;
  throw Error{Failure::usage, fmt::format("\"{}\" is not a property setting", text),
              "Say for example plane.rotation=rotate-180 or HDMI-A-1:connector.\"max bpc\"=10."};
}

Mode checked_mode(const Connector& connector, const ModeChoice& choice, const std::string& text) {
  if (connector.modes.empty()) {
    throw Error{Failure::mode_refused, fmt::format("{} offers no modes", connector.name),
                "The display did not say what it can do (no EDID?): check cable and adapter."};
  }
  if (const Mode* mode = choose_mode(connector.modes, choice)) return *mode;
  const auto offers = nearest_modes(connector.modes, choice, 4);
  throw Error{Failure::mode_refused, fmt::format("{} has no mode {}", connector.name, text),
              fmt::format("Nearest: {}. See all with --list-modes.", fmt::join(offers, ", "))};
}

// A format that we can draw and every chosen plane can show.
std::vector<std::optional<Route>> routes_in_best_format(const Snapshot& snapshot,
                                                        std::span<const Connector* const> wanted,
                                                        Format& format) {
  std::vector<std::optional<Route>> best;
  std::ptrdiff_t most = -1;
  for (const Format candidate : paintable_formats) {
    auto routes = assign_routes(snapshot, wanted, candidate);
    const auto lit = std::ranges::count_if(routes, [](const auto& route) { return !!route; });
    if (lit <= most) continue;
    most = lit;
    best = std::move(routes);
    format = candidate;
  }
  return best;
}

}  // namespace

// The modes that the user asked for.
struct DisplayPlan::Wishes {
  struct Wish {
    std::string output;  // any if empty
    std::string text;
    ModeChoice choice;
  };
  std::vector<Wish> wishes;  // the one for any output is last

  explicit Wishes(const DisplayOptions& options) {
    for (const std::string& text : options.output_modes) {
      const auto colon = text.find(':');
      if (colon == std::string::npos) {
        throw Error{Failure::usage, fmt::format("\"{}\" names no output and mode", text),
                    "Say for example HDMI-A-1:1920x1080@50."};
      }
      add(text.substr(0, colon), text.substr(colon + 1));
    }
    add({}, options.mode);
  }

  void add(const std::string& output, const std::string& text) {
    wishes.push_back({output, text, checked_mode_choice(text)});
  }

  Mode mode_of(const Connector& connector) const {
    const auto found = std::ranges::find_if(wishes, [&](const Wish& wish) {
      return wish.output.empty() || wish.output == connector.name;
    });
    return checked_mode(connector, found->choice, found->text);
  }
};

DisplayPlan::DisplayPlan(const Device& device, const DisplayOptions& options)
    : device_{device}, api_{choose_api(device, options.api)}, before_{snapshot_as_master()} {
  const Wishes wishes{options};
  auto wanted = choose_outputs(before_, options.outputs);
  if (options.outputs.empty()) leave_out_modeless(wanted);
  check_wished_outputs(wanted, wishes);
  plan_outputs(wanted, wishes);
  apply_settings(options.settings);
}

const Output& DisplayPlan::output(std::size_t index) const {
  if (index < outputs_.size()) return outputs_[index];
  throw Error{Failure::usage, fmt::format("there is no output number {}", index)};
}

std::unique_ptr<ModeSetter> DisplayPlan::make_setter() const {
  if (api_ == Api::atomic) return make_atomic_setter(device_, before_, candidates_);
  std::vector<OutputPlan> plans;
  for (const Candidate& candidate : candidates_) plans.push_back(candidate.plan);
  return make_legacy_setter(device_, before_, plans);
}

// A mode for an output that is not there is a mistake, not a wish for later.
void DisplayPlan::check_wished_outputs(const std::vector<const Connector*>& wanted,
                                       const Wishes& wishes) const {
  for (const auto& wish : wishes.wishes) {
    const auto is_it = [&](const auto* connector) { return connector->name == wish.output; };
    if (wish.output.empty() || std::ranges::any_of(wanted, is_it)) continue;
    throw Error{Failure::no_output, fmt::format("--mode {}:{}: {} is not one of the outputs",
                                                wish.output, wish.text, wish.output)};
  }
}

// Master first: for others the kernel does not probe, and what we read could change under us.
Snapshot DisplayPlan::snapshot_as_master() const {
  device_.become_master();
  return take_snapshot(device_, ProbePolicy::probe);
}

// A dock or adapter that offers no modes must not keep the others dark; asked for by name, or
// alone, it is an error.
void DisplayPlan::leave_out_modeless(std::vector<const Connector*>& wanted) {
  if (std::ranges::all_of(wanted, [](const auto* it) { return it->modes.empty(); })) return;
  std::erase_if(wanted, [&](const Connector* connector) {
    if (!connector->modes.empty()) return false;
    notes_.push_back(fmt::format("{} stays dark: it offers no modes", connector->name));
    return true;
  });
}

void DisplayPlan::plan_outputs(const std::vector<const Connector*>& wanted, const Wishes& wishes) {
  Format format;
  const auto routes = routes_in_best_format(before_, wanted, format);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool usable = routes[i] && (routes[i]->plane || api_ == Api::legacy);
    if (!usable) {
      notes_.push_back(
          fmt::format("{} stays dark: {}", wanted[i]->name, why_dark(before_, *wanted[i], routes)));
      continue;
    }
    const Route& route = *routes[i];
    const Mode chosen = wishes.mode_of(*wanted[i]);
    outputs_.push_back({wanted[i]->name, chosen, wanted[i]->id, route.crtc->id,
                        route.plane ? route.plane->id : PlaneId{}, format});
    Candidate candidate{{route, chosen, {}}, {}};
    if (api_ == Api::atomic) candidate.extras = neutral_request(route);
    candidates_.push_back(std::move(candidate));
  }
  if (outputs_.empty()) {
    throw Error{Failure::no_output,
                fmt::format("{}: {}", device_.label(), fmt::join(notes_, "; "))};
  }
}

void DisplayPlan::apply_settings(const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  if (api_ == Api::legacy) {
    throw Error{Failure::usage, "--set needs atomic mode setting",
                device_.label() + " is used through the legacy interface."};
  }
  for (const std::string& text : texts) apply_setting(text);
}

void DisplayPlan::apply_setting(const std::string& text) {
  const PropertySetting setting = checked_setting(text);
  if (setting.output && !is_chosen(*setting.output)) {
    throw Error{Failure::no_output,
                fmt::format("--set {}: {} is not one of the outputs", text, *setting.output)};
  }
  for (Candidate& candidate : candidates_) {
    const Route& route = candidate.plan.route;
    if (setting.output && *setting.output != route.connector->name) continue;
    candidate.extras.add(resolve(setting, route));
  }
}

bool DisplayPlan::is_chosen(const std::string& name) const {
  return std::ranges::find(outputs_, name, &Output::name) != outputs_.end();
}

}  // namespace drmshow
