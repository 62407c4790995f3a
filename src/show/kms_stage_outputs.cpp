// Outputs: which are lit, and how one presenter follows another.
#include <algorithm>

#include <drm_mode.h>
#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "show/kms_stage.hpp"
#include "show/messages.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds relight_patience = 10s;

// The driver could not train the link; it tries again when the mode is set (kernel doc,
// "link-status").
bool any_link_failed(const Snapshot& snapshot) {
  return std::ranges::any_of(snapshot.connectors(), [](const Connector& connector) {
    return connector.properties.value(props::link_status.name) == DRM_MODE_LINK_STATUS_BAD;
  });
}

}  // namespace

DisplayOptions KmsStage::wishes(Strictness strictness) const {
  DisplayOptions wishes = display_options(options_);
  wishes.strictness = strictness;
  return wishes;
}

// The first presenter. Throws Error for everything that the user can mend.
void KmsStage::start(Strictness strictness) {
  record_cables(console_.look_ahead());
  auto wanted = wanted_outputs(console_.look_ahead(), options_);
  DisplayOptions display = wishes(strictness);
  display.saved = &console_.saved();
  // Keys may change what is shown, but not who draws.
  if (!gpu_ && draws_with_vulkan(options_)) {
    Console::Lent lent{console_};
    gpu_ = open_gpu_studio(options_, {.display = &console_.device(), .shader = shader_});
    lent.end();
  }
  auto presenter = std::make_unique<KmsPresenter>(console_.device(), display, present_options());
  if (relight_since_ == Time::max()) say_notes(presenter->notes());  // else they were said
  Console::Lent lent{console_};
  auto loop = make_loop(
      *presenter, fmt::format("{} · {}", console_.device().driver(), console_.device().name()));
  lent.end();
  if (const auto refusal = presenter->test()) throw_refusal(console_.device(), *refusal);
  if (options_.verbosity == Verbosity::verbose && options_.action != Action::dry_run) {
    say_details(options_, presenter->api(), presenter->describe());
  }
  put_on_stage(std::move(presenter), std::move(loop));
  wanted_ = std::move(wanted);
}

// A file that is being replaced, memory that is short: that passes. If it does not while nothing is
// lit, it is as if we had been started now: a black console that says nothing helps nobody.
void KmsStage::try_again(const Error& error) {
  const Time now = Clock::now();
  if (relight_since_ == Time::max()) {
    relight_since_ = now;
    say_note(presenter_ ? "the outputs stay as they are, for now:"
                        : "nothing is shown yet; trying again:");
    say_note(error);
  }
  if (now - relight_since_ < relight_patience) {
    relight_at_ = now + relight_pause;
    return;
  }
  if (!presenter_) throw error;
  relight_at_ = Time::max();
}

void KmsStage::stop_trying() {
  relight_at_ = relight_since_ = Time::max();
}

// Outputs as cables have them now.
void KmsStage::follow(const std::vector<WantedOutput>& wanted) {
  try {
    start(Strictness::adapt);
    stop_trying();
  } catch (const GpuLost&) {
    throw;
  } catch (const Error& error) {
    if (error.failure() == Failure::device_lost || error.failure() == Failure::master_taken) throw;
    wanted_ = wanted;
    try_again(error);
  }
}

// The old presenter goes on if there can be no new one: false then.
bool KmsStage::change_outputs() {
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

// The old GPU is lost, and its presenter with it.
void KmsStage::restart() {
  if (!screen_is_ours()) {
    end_presenter();  // enter() finds none, and starts another
    return wanted_.clear();
  }
  try {
    start(Strictness::adapt);
  } catch (const GpuLost&) {
    throw;
  } catch (const Error& error) {
    if (options_.wait && error.failure() == Failure::no_output) {
      return wait_for_output(error.what());
    }
    if (error.failure() != Failure::master_taken) throw;
    wait_for_master(error);
  }
}

// What it had lit, and nobody has taken over, goes dark: with its framebuffer only the plane would.
void KmsStage::release_previous() {
  for (std::size_t i = 0; previous_ && i < previous_->outputs().size() && screen_is_ours(); ++i) {
    const Output& old = previous().outputs()[i];
    const bool in_use =
        presenter_ && std::ranges::any_of(presenter_->outputs(), [&](const auto& now) {
          return now.connector == old.connector || now.crtc == old.crtc;
        });
    if (!in_use) static_cast<void>(previous().turn_off(i));
  }
  Stage::release_previous();
}

// Of each output, the one after that which it has; round and round.
void KmsStage::next_mode() {
  if (!presenter_ || !screen_is_ours()) return;
  const Options old = options_;
  const Snapshot& snapshot = console_.look_anew();
  options_.output_modes.clear();
  for (const Output& output : presenter_->outputs()) {
    const Connector* connector = snapshot.find(output.connector);
    if (!connector || connector->modes.empty()) continue;
    const auto& modes = connector->modes;
    const auto now = std::ranges::find_if(
        modes, [&](const Mode& mode) { return same_timings(mode, output.mode); });
    const auto next = now == modes.end() ? 0 : (now - modes.begin() + 1) % std::ssize(modes);
    options_.output_modes.push_back(fmt::format("{}:#{}", output.name, next));
  }
  if (!change_outputs()) options_ = old;
}

void KmsStage::look_at_cables() {
  if (presenter_ && options_.hotplug == HotplugPolicy::ignore) return;
  const Snapshot& now = console_.look_anew();
  record_cables(now);
  const auto wanted = wanted_outputs(now, options_);
  const bool failed = relight_at_ != Time::max();
  if (wanted != wanted_) stop_trying();  // that was about others
  if (presenter_ && wanted == wanted_ && !any_link_failed(now) && !failed) return;
  if (!wanted.empty()) return follow(wanted);
  stop_trying();
  if (!presenter_) {
    wanted_.clear();
    return;
  }
  if (!options_.wait) {
    throw Error{Failure::no_output, console_.device().label() + ": the last output was unplugged",
                "With --wait drm-show goes on when one is plugged in."};
  }
  wait_for_output("the last output was unplugged");
}

// What has changed since the last look; of the first one all that is connected.
void KmsStage::record_cables(const Snapshot& now) {
  std::vector<std::pair<std::string, Connection>> seen;
  for (const Connector& connector : now.connectors()) {
    seen.emplace_back(connector.name, connector.connection);
    if (std::ranges::find(cables_, seen.back()) != cables_.end()) continue;
    const bool connected = connector.connection == Connection::connected;
    if (cables_.empty() && !connected) continue;
    recording_.hotplug(connector.name + (connected ? " is connected" : " is not connected"));
  }
  for (const auto& [name, connection] : cables_) {
    if (std::ranges::find(seen, name, &decltype(cables_)::value_type::first) == seen.end())
      recording_.hotplug(name + " is gone");
  }
  cables_ = std::move(seen);
}

void KmsStage::wait_for_output(const std::string& why) {
  end_presenter();
  release_previous();
  wanted_.clear();
  say_note(why + ": waiting for one");
}

}  // namespace drmshow
