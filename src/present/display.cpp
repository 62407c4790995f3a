#include "drm-show/display.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/error.hpp"
#include "drm/ioctl.hpp"
#include "kms/mode_choice.hpp"
#include "kms/output_choice.hpp"
#include "kms/property_setting.hpp"
#include "present/mode_setter.hpp"
#include "render/cpu/paint.hpp"

namespace drmshow {
namespace {

/// Memory for one output's picture, and the CPU's way to it.
struct Surface {
  DumbBuffer buffer;
  Mapping mapping;
  Framebuffer framebuffer;

  Surface(const Device& device, Size size, Format format)
      : buffer{device, size, bits_per_pixel(format)},
        mapping{device, buffer},
        framebuffer{device, buffer, format} {}
};

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

class Display::Impl {
 public:
  Impl(const Device& device, const DisplayOptions& options)
      : device_{device}, api_{choose_api(device, options.api)}, before_{snapshot_as_master()} {
    const ModeChoice mode = checked_mode_choice(options.mode);
    auto wanted = choose_outputs(before_, options.outputs);
    if (options.outputs.empty()) leave_out_modeless(wanted);
    plan_outputs(wanted, mode, options.mode);
    apply_settings(options.settings);
    allocate();
    setter_ = make_setter();
  }

  ~Impl() { restore(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void draw(std::size_t index, const Picture& picture) {
    const Size size = output(index).mode.size();
    if (picture.size() != size) {
      throw Error{Failure::usage,
                  fmt::format("a picture of {}x{} does not fit {}", picture.size().width,
                              picture.size().height, to_string(output(index).mode))};
    }
    const Surface& surface = surfaces_[index];
    paint(picture, surface.mapping, surface.framebuffer.format());
  }

  void show() {
    // A refused atomic commit has changed nothing; legacy may have set some outputs.
    changed_ = changed_ || api_ == Api::legacy;
    const int errnum = setter_->show();
    if (errnum == 0) changed_ = true;
    if (errnum == 0) return;
    restore();
    throw_device_error(device_, "cannot set the mode", errnum);
  }

  int restore() noexcept {
    if (!std::exchange(changed_, false)) return 0;
    try {
      return setter_->restore();
    } catch (const std::system_error& error) {
      return error.code().value();
    } catch (const std::exception&) {
      return ENOMEM;
    }
  }

  const Output& output(std::size_t index) const {
    if (index < outputs_.size()) return outputs_[index];
    throw Error{Failure::usage, fmt::format("there is no output number {}", index)};
  }
  const ModeSetter& setter() const { return *setter_; }
  Api api() const { return api_; }
  std::span<const Output> outputs() const { return outputs_; }
  std::span<const std::string> notes() const { return notes_; }

 private:
  // Master first: for others the kernel does not probe, and what we read could change under us.
  Snapshot snapshot_as_master() const {
    device_.become_master();
    return take_snapshot(device_, ProbePolicy::probe);
  }

  // A dock or adapter that offers no modes must not keep the others dark; asked for by name, or
  // alone, it is an error.
  void leave_out_modeless(std::vector<const Connector*>& wanted) {
    if (std::ranges::all_of(wanted, [](const auto* it) { return it->modes.empty(); })) return;
    std::erase_if(wanted, [&](const Connector* connector) {
      if (!connector->modes.empty()) return false;
      notes_.push_back(fmt::format("{} stays dark: it offers no modes", connector->name));
      return true;
    });
  }

  void plan_outputs(const std::vector<const Connector*>& wanted, const ModeChoice& mode,
                    const std::string& mode_text) {
    Format format;
    const auto routes = routes_in_best_format(before_, wanted, format);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const bool usable = routes[i] && (routes[i]->plane || api_ == Api::legacy);
      if (!usable) {
        notes_.push_back(fmt::format("{} stays dark: {}", wanted[i]->name,
                                     why_dark(before_, *wanted[i], routes)));
        continue;
      }
      const Route& route = *routes[i];
      const Mode chosen = checked_mode(*wanted[i], mode, mode_text);
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

  void apply_settings(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      const PropertySetting setting = checked_setting(text);
      if (api_ == Api::legacy) {
        throw Error{Failure::usage, "--set needs atomic mode setting",
                    device_.label() + " is used through the legacy interface."};
      }
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
  }

  bool is_chosen(const std::string& name) const {
    return std::ranges::find(outputs_, name, &Output::name) != outputs_.end();
  }

  void allocate() {
    surfaces_.reserve(outputs_.size());
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      surfaces_.emplace_back(device_, outputs_[i].mode.size(), outputs_[i].format);
      candidates_[i].plan.fb = surfaces_.back().framebuffer.id();
    }
  }

  std::unique_ptr<ModeSetter> make_setter() const {
    if (api_ == Api::atomic) return make_atomic_setter(device_, before_, candidates_);
    std::vector<OutputPlan> plans;
    for (const Candidate& candidate : candidates_) plans.push_back(candidate.plan);
    return make_legacy_setter(device_, before_, plans);
  }

  const Device& device_;
  Api api_;
  Snapshot before_;  // the state to restore; candidates_ and setter_ point into it
  std::vector<Candidate> candidates_;
  std::vector<Output> outputs_;
  std::vector<std::string> notes_;
  std::vector<Surface> surfaces_;
  std::unique_ptr<ModeSetter> setter_;
  bool changed_ = false;  // set by show(), cleared by restore()
};

Display::Display(const Device& device, const DisplayOptions& options)
    : impl_{std::make_unique<Impl>(device, options)} {}

Display::~Display() = default;
Display::Display(Display&&) noexcept = default;

std::span<const Output> Display::outputs() const {
  return impl_->outputs();
}
const Output& Display::output(std::size_t index) const {
  return impl_->output(index);
}
std::span<const std::string> Display::notes() const {
  return impl_->notes();
}
Api Display::api() const {
  return impl_->api();
}
std::vector<std::string> Display::describe() const {
  return impl_->setter().describe();
}
void Display::draw(std::size_t index, const Picture& picture) {
  impl_->draw(index, picture);
}
std::optional<Refusal> Display::test() const {
  return impl_->setter().test();
}
void Display::show() {
  impl_->show();
}
int Display::restore() noexcept {
  return impl_->restore();
}

}  // namespace drmshow
