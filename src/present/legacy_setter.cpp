// drmModeSetCrtc's way: for drivers without atomic mode setting, and for --legacy.
#include <algorithm>

#include <drm_mode.h>
#include <fmt/format.h>
#include <xf86drm.h>

#include "drm/ioctl.hpp"
#include "present/mode_setter.hpp"

namespace drmshow {
namespace {

// What DRM_IOCTL_MODE_SETCRTC says of one CRTC.
struct CrtcState {
  CrtcId crtc;
  std::optional<Mode> mode;  // off if none
  FramebufferId fb;
  Point fb_offset;
  std::vector<std::uint32_t> connectors;
};

std::vector<std::uint32_t> connectors_on(const Snapshot& snapshot, const Crtc& crtc) {
  std::vector<std::uint32_t> ids;
  for (const Connector& connector : snapshot.connectors()) {
    if (snapshot.current_crtc(connector) == &crtc) ids.push_back(connector.id.raw());
  }
  return ids;
}

CrtcState state_of(const Snapshot& snapshot, const Crtc& crtc) {
  return {crtc.id, crtc.mode, crtc.fb, crtc.fb_offset, connectors_on(snapshot, crtc)};
}

CrtcState state_of(const OutputPlan& plan) {
  return {plan.route.crtc->id, plan.mode, plan.fb, {}, {plan.route.connector->id.raw()}};
}

int set_crtc(const Device& device, const CrtcState& state) {
  drm_mode_crtc request{};
  request.crtc_id = state.crtc.raw();
  if (state.mode && state.fb && !state.connectors.empty()) {
    request.fb_id = state.fb.raw();
    request.x = static_cast<std::uint32_t>(state.fb_offset.x);
    request.y = static_cast<std::uint32_t>(state.fb_offset.y);
    request.mode = state.mode->raw();
    request.mode_valid = 1;
    request.set_connectors_ptr = reinterpret_cast<std::uintptr_t>(state.connectors.data());
    request.count_connectors = static_cast<std::uint32_t>(state.connectors.size());
  }
  return try_ioctl(device.fd(), DRM_IOCTL_MODE_SETCRTC, &request);
}

// A cursor that another program left behind. Drivers without a cursor refuse: nothing to hide then.
void hide_cursor(const Device& device, CrtcId crtc) {
  drm_mode_cursor cursor{};
  cursor.flags = DRM_MODE_CURSOR_BO;
  cursor.crtc_id = crtc.raw();
  static_cast<void>(try_ioctl(device.fd(), DRM_IOCTL_MODE_CURSOR, &cursor));
}

class LegacySetter : public ModeSetter {
 public:
  LegacySetter(const Device& device, const Snapshot& before, std::vector<OutputPlan> plans)
      : device_{device}, before_{before}, plans_{std::move(plans)} {}

  std::vector<std::string> describe() const override {
    std::vector<std::string> lines;
    for (const OutputPlan& plan : plans_) {
      lines.push_back(fmt::format("CRTC {} drives {} with {}, framebuffer {}",
                                  plan.route.crtc->id.raw(), plan.route.connector->name,
                                  to_string(plan.mode), plan.fb.raw()));
    }
    return lines;
  }

  std::optional<Refusal> test() const override { return std::nullopt; }

  int show(std::span<const Showing> outputs, Extras /*it knows of none*/) override {
    for (const Showing& showing : outputs) {
      OutputPlan plan = plans_[showing.output];
      plan.fb = showing.fb;
      hide_cursor(device_, plan.route.crtc->id);
      if (const int errnum = set_crtc(device_, state_of(plan))) return errnum;
    }
    return 0;
  }

  // CRTCs that were off go off first, so that connectors are free again for those that had them.
  int restore() override {
    int first_error = 0;
    const auto restore_if = [&](bool lit) {
      for (const Crtc& crtc : before_.crtcs()) {
        const CrtcState state = state_of(before_, crtc);
        if (!touched(state) || state.mode.has_value() != lit) continue;
        const int errnum = set_crtc(device_, state);
        if (first_error == 0) first_error = errnum;
      }
    };
    restore_if(false);
    restore_if(true);
    return first_error;
  }

 private:
  // Ours, or robbed of a connector.
  bool touched(const CrtcState& state) const {
    return std::ranges::any_of(plans_, [&](const OutputPlan& plan) {
      return plan.route.crtc->id == state.crtc ||
             std::ranges::find(state.connectors, plan.route.connector->id.raw()) !=
                 state.connectors.end();
    });
  }

  const Device& device_;
  const Snapshot& before_;
  std::vector<OutputPlan> plans_;
};

}  // namespace

std::unique_ptr<ModeSetter> make_legacy_setter(const Device& device, const Snapshot& before,
                                               std::vector<OutputPlan> plans) {
  return std::make_unique<LegacySetter>(device, before, std::move(plans));
}

}  // namespace drmshow
