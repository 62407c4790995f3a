#include "present/display_plan.hpp"

#include <algorithm>

#include <drm.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "drm-show/error.hpp"
#include "kms/plane_formats.hpp"
#include "kms/property_setting.hpp"
#include "render/cpu/paint.hpp"

namespace drmshow {
namespace {

PropertySetting checked_setting(const std::string& text) {
  if (auto setting = parse_property_setting(text)) return *setting;
  throw Error{Failure::usage, fmt::format("\"{}\" is not a property setting", text),
              "Say for example plane.rotation=rotate-180 or HDMI-A-1:connector.\"max bpc\"=10."};
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

// The same objects in another snapshot.
std::optional<Route> same_route(const Snapshot& snapshot, const Route& old) {
  const Route route{snapshot.find(old.connector->id), snapshot.find(old.crtc->id),
                    old.plane ? snapshot.find(old.plane->id) : nullptr};
  const bool complete = route.connector && route.crtc && !route.plane == !old.plane;
  return complete ? std::optional{route} : std::nullopt;
}

}  // namespace

DisplayPlan::DisplayPlan(const Device& device, const DisplayOptions& options,
                         SavedScreen::Impl& saved)
    : device_{device},
      api_{options.api.value_or(saved.best_api()) == Api::legacy ? Api::legacy : saved.best_api()},
      saved_{saved},
      settings_{options.settings},
      now_{saved.look()} {
  const Wishes wishes{options.outputs, options.mode, options.output_modes, options.strictness};
  plan_outputs(wishes.outputs(*now_, notes_), wishes);
  apply_settings();
}

const Output& DisplayPlan::output(std::size_t index) const {
  if (index < outputs_.size()) return outputs_[index];
  throw Error{Failure::usage, fmt::format("there is no output number {}", index)};
}

bool DisplayPlan::look_again() {
  saved_.look_away();
  auto now = saved_.look();
  std::vector<Candidate> candidates;
  for (const Candidate& old : candidates_) {
    const auto route = same_route(*now, old.plan.route);
    if (!route) return false;
    candidates.push_back({{*route, old.plan.mode, old.plan.fb}, {}});
    if (api_ == Api::atomic) candidates.back().extras = neutral_request(*route);
  }
  now_ = std::move(now);
  candidates_ = std::move(candidates);
  apply_settings();
  for (const auto& [index, write] : added_) candidates_[index].extras.add(write);
  return true;
}

ScanoutWish DisplayPlan::scanout_wish(std::span<const std::size_t> outputs) const {
  std::vector<Route> routes;
  for (const std::size_t index : outputs) routes.push_back(candidates_[index].plan.route);
  const Output& first = outputs_[outputs.front()];
  ScanoutWish wish = drmshow::scanout_wish(*now_, routes, first.mode.size(), first.format);
  wish.explicit_modifiers = device_.cap(DRM_CAP_ADDFB2_MODIFIERS).value_or(0) != 0;
  return wish;
}

std::unique_ptr<ModeSetter> DisplayPlan::make_setter() const {
  return make_setter(candidates_);
}

std::unique_ptr<ModeSetter> DisplayPlan::make_setter(std::vector<Candidate> candidates) const {
  const SetterContext context{device_, *now_, saved_};
  if (api_ == Api::atomic) return make_atomic_setter(context, std::move(candidates));
  std::vector<OutputPlan> plans;
  for (const Candidate& candidate : candidates) plans.push_back(candidate.plan);
  return make_legacy_setter(context, plans);
}

bool DisplayPlan::would_light(std::span<const std::size_t> outputs) const {
  std::vector<Candidate> candidates;
  for (const std::size_t index : outputs) candidates.push_back(candidates_[index]);
  return make_setter(std::move(candidates))->would_work();
}

void DisplayPlan::plan_outputs(const std::vector<const Connector*>& wanted, const Wishes& wishes) {
  Format format;
  const auto routes = routes_in_best_format(*now_, wanted, format);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const bool usable = routes[i] && (routes[i]->plane || api_ == Api::legacy);
    if (!usable) {
      notes_.push_back(
          fmt::format("{} stays dark: {}", wanted[i]->name, why_dark(*now_, *wanted[i], routes)));
      continue;
    }
    const Route& route = *routes[i];
    const Mode chosen = wishes.mode_of(*wanted[i], notes_);
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

void DisplayPlan::apply_settings() {
  if (settings_.empty()) return;
  if (api_ == Api::legacy) {
    throw Error{Failure::usage, "--set needs atomic mode setting",
                device_.label() + " is used through the legacy interface."};
  }
  for (const std::string& text : settings_) apply_setting(text);
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
