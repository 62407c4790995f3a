// drmModeSetCrtc's way: for drivers without atomic mode setting, and for --legacy.
#include <drm_mode.h>
#include <fmt/format.h>
#include <xf86drm.h>

#include "drm/ioctl.hpp"
#include "kms/crtc_state.hpp"
#include "present/mode_setter.hpp"

namespace drmshow {
namespace {

int set_crtc(const Device& device, const CrtcState& state) {
  drm_mode_crtc request = request_of(state);
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
  LegacySetter(SetterContext context, std::vector<OutputPlan> plans)
      : device_{context.device}, saved_{context.saved}, plans_{std::move(plans)} {}

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
  bool would_work() const override { return true; }

  int show(std::span<const Showing> outputs, Extras /*it knows of none*/) override {
    for (const Showing& showing : outputs) {
      OutputPlan plan = plans_[showing.output];
      plan.fb = showing.fb;
      saved_.will_change({plan.route.crtc->id, plan.route.connector->id});
      saved_.changed();  // what fails may have changed some outputs
      hide_cursor(device_, plan.route.crtc->id);
      if (const int errnum = set_crtc(device_, state_of(plan))) return errnum;
    }
    return 0;
  }

  int turn_off(std::size_t output) override {
    return set_crtc(device_, {plans_[output].route.crtc->id, {}, {}, {}, {}});
  }

 private:
  const Device& device_;
  SavedScreen::Impl& saved_;
  std::vector<OutputPlan> plans_;
};

}  // namespace

std::unique_ptr<ModeSetter> make_legacy_setter(SetterContext context,
                                               std::vector<OutputPlan> plans) {
  return std::make_unique<LegacySetter>(context, std::move(plans));
}

}  // namespace drmshow
