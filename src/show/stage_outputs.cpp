// Outputs: which are lit, and how one presenter follows another.
#include <algorithm>

#include <drm_mode.h>
#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "show/messages.hpp"
#include "show/stage.hpp"

namespace drmshow {
namespace {

// A picture that stands still needs no third framebuffer to be drawn into ahead of time.
constexpr int buffers_for_stills = 2;

PresentOptions present_options(const Options& options, PresentObserver& observer, GpuStudio* gpu) {
  PresentOptions present = options.present;
  present.observer = &observer;
  if (gpu) present.images = gpu->images();
  if (!moves(options)) present.buffers = buffers_for_stills;
  return present;
}

// The driver could not train the link; it tries again when the mode is set (kernel doc,
// "link-status").
bool any_link_failed(const Snapshot& snapshot) {
  return std::ranges::any_of(snapshot.connectors(), [](const Connector& connector) {
    return connector.properties.value(props::link_status.name) == DRM_MODE_LINK_STATUS_BAD;
  });
}

}  // namespace

DisplayOptions Stage::wishes(Strictness strictness) const {
  DisplayOptions wishes = display_options(options_);
  wishes.strictness = strictness;
  return wishes;
}

// The first presenter. Throws Error for everything that the user can mend.
void Stage::start(Strictness strictness) {
  auto wanted = wanted_outputs(console_.look_ahead(), options_);
  DisplayOptions display = wishes(strictness);
  display.saved = &console_.saved();
  // Keys may change what is shown, but not who draws.
  if (!gpu_ && draws_with_vulkan(options_)) gpu_ = open_gpu_studio(options_, &console_.device());
  auto presenter = std::make_unique<Presenter>(console_.device(), display,
                                               present_options(options_, notes_, gpu_.get()));
  say_notes(presenter->notes());
  auto loop = std::make_unique<FrameLoop>(
      options_, FrameLoop::Studio{console_.device(), *presenter, gpu_.get()},
      loop_ ? loop_->clock() : clock_, frames_shown(*presenter));
  if (const auto refusal = presenter->test()) throw_refusal(console_.device(), *refusal);
  if (options_.verbosity == Verbosity::verbose && options_.action != Action::dry_run) {
    say_details(options_, presenter->api(), presenter->describe());
  }
  put_on_stage(std::move(presenter), std::move(loop));
  wanted_ = std::move(wanted);
}

// The old presenter goes on if there can be no new one: false then.
bool Stage::change_outputs() {
  try {
    start(Strictness::adapt);
    return true;
  } catch (const GpuLost&) {
    throw;  // step() takes another one
  } catch (const Error& error) {
    if (error.failure() == Failure::device_lost || error.failure() == Failure::master_taken) throw;
    say_note("the outputs stay as they are:");
    say_note(error);
    return false;
  }
}

void Stage::put_on_stage(std::unique_ptr<Presenter> presenter, std::unique_ptr<FrameLoop> loop) {
  end_presenter();
  presenter_ = std::move(presenter);
  loop_ = std::move(loop);
  loop_->pause(shown_.paused);
  notes_.introduce(*presenter_);
  announced_ = false;
}

// What it shows stays on the screen until the next one is lit.
void Stage::end_presenter() {
  if (!presenter_) return;
  const bool lit = loop_->lit();
  clock_ = loop_->clock();
  std::vector<std::optional<GpuAccount>> accounts;
  for (std::size_t i = 0; i < presenter_->outputs().size(); ++i) {
    accounts.push_back(loop_->account(i));
  }
  loop_.reset();
  presenter_->restore();
  stats_.add(options_, *presenter_, accounts);
  // One that was never lit leaves the screen to the one before it.
  if (lit) previous_ = std::move(presenter_);
  presenter_.reset();
}

// What it had lit, and nobody has taken over, goes dark: with its framebuffer only the plane would.
void Stage::release_previous() {
  for (std::size_t i = 0; previous_ && i < previous_->outputs().size() && screen_is_ours(); ++i) {
    const Output& old = previous_->outputs()[i];
    const bool in_use =
        presenter_ && std::ranges::any_of(presenter_->outputs(), [&](const auto& now) {
          return now.connector == old.connector || now.crtc == old.crtc;
        });
    if (!in_use) static_cast<void>(previous_->turn_off(i));
  }
  previous_.reset();
  lost_gpus_.clear();
}

std::vector<std::uint64_t> Stage::frames_shown(const Presenter& presenter) const {
  std::vector<std::uint64_t> shown;
  for (const Output& output : presenter.outputs()) {
    std::uint64_t count = stats_.shown(output.name);
    for (std::size_t i = 0; presenter_ && i < presenter_->outputs().size(); ++i) {
      if (presenter_->outputs()[i].name == output.name) count += presenter_->counts(i).shown;
    }
    shown.push_back(count);
  }
  return shown;
}

void Stage::look_at_cables() {
  if (presenter_ && options_.hotplug == HotplugPolicy::ignore) return;
  const Snapshot& now = console_.look_anew();
  const auto wanted = wanted_outputs(now, options_);
  if (presenter_ && wanted == wanted_ && !any_link_failed(now)) return;
  if (!wanted.empty()) {
    if (!change_outputs()) wanted_ = wanted;
    return;
  }
  if (!presenter_) return;
  if (!options_.wait) {
    throw Error{Failure::no_output, console_.device().label() + ": the last output was unplugged",
                "With --wait drm-show goes on when one is plugged in."};
  }
  wait_for_output("the last output was unplugged");
}

void Stage::wait_for_output(const std::string& why) {
  end_presenter();
  release_previous();
  wanted_.clear();
  say_note(why + ": waiting for one");
}

}  // namespace drmshow
