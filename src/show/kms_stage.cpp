#include "show/kms_stage.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm/ioctl.hpp"
#include "show/messages.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds master_retry = 100ms;
constexpr Nanoseconds first_master_patience = 2s;
constexpr int removal_looks = 10;
constexpr Nanoseconds removal_pause = 20ms;

// A driver that is about to go refuses requests before the kernel announces that it went.
bool is_removal(const Error& error, const Device& device) {
  if (error.failure() != Failure::mode_refused && error.failure() != Failure::unexpected) {
    return false;
  }
  std::error_code ignored;
  for (int i = 0; i < removal_looks; ++i) {
    if (!std::filesystem::exists(device.node(), ignored)) return true;
    std::this_thread::sleep_for(removal_pause);
  }
  return false;
}

}  // namespace

KmsStage::KmsStage(const Options& options, Console& console, FlightRecording& recording)
    : Stage{options, recording}, console_{console}, inputs_{console} {
  const Device& device = console.device();
  recording.set("device", fmt::format("{} ({})", device.node().native(), device.driver()));
  recording.set("seat", console.seat().name());
}

void KmsStage::run() {
  if (options_.verbosity == Verbosity::verbose) {
    say(options_, fmt::format("Seat: {}", console_.seat().name()));
  }
  if (options_.action == Action::show) console_.start_guard();
  console_.give_up_privileges();
  {
    Console::Lent lent{console_};
    if (!prepare(inputs_.end_fd())) return;
  }
  if (options_.action == Action::dry_run) return dry_run();
  // All that can fail without a change on the screen comes before the first one.
  ours_ = console_.seat().active();
  if (ours_) light();
  begin();
  try {
    console_.take();
    compare_with_seat();
    look_after_seat();
    while (!over_) step();
  } catch (const Error& error) {
    abandon();
    if (is_removal(error, console_.device())) throw_removed(console_.device());
    throw;
  } catch (...) {
    abandon();
    throw;
  }
  give_back();
}

std::string KmsStage::place_of(const Output& output) const {
  return place_on(console_.device(), output);
}

void KmsStage::dry_run() {
  start(Strictness::refuse);
  say_dry_run(options_, console_.device(), presenter_->outputs(), presenter().api(),
              presenter().describe());
}

// The first presenter, or none as long as there is no output.
void KmsStage::light() {
  begun_ = true;
  try {
    start(Strictness::refuse);
  } catch (const Error& error) {
    if (error.failure() == Failure::master_taken && !console_.seat().active()) return put_off();
    if (!options_.wait || error.failure() != Failure::no_output) throw;
    wait_for_output(error.what());
    // A dock that is not there yet may have it, but a mistake is more likely.
    const bool unknown = std::ranges::any_of(options_.outputs, [&](const std::string& name) {
      return !console_.look_ahead().find_connector(name);
    });
    if (unknown) say_note(error.hint());
  }
}

// Somebody went to another VT while we were getting ready.
void KmsStage::put_off() {
  begun_ = false;
  ours_ = false;
  console_.let_go_of_screen();
}

// Somebody may have switched to another VT, or to ours, just before take().
void KmsStage::compare_with_seat() {
  const bool active = console_.seat().active();
  had_screen_ = ours_;
  if (ours_ && !active) leave(SeatCause::vt);
  if (!ours_ && active) enter();
  if (!active) say_note(console_.seat().name() + " is not in the foreground: waiting until it is");
}

Time KmsStage::deadline() const {
  return std::min({end_, retry_at_, relight_at_, inputs_.deadline()});
}

void KmsStage::handle(std::span<const pollfd> fds) {
  const News news = inputs_.read(fds);
  if (news.removed) throw_removed(console_.device());
  over_ = news.end;
  if (news.guard_died) console_.look_after_guard();
  if (news.seat) look_after_seat();
  if (Clock::now() >= retry_at_) enter();
  try {
    if (news.slept && presenter_ && screen_is_ours()) wake_up();
    // Cables may have changed while another program had the screen.
    const bool back = !std::exchange(had_screen_, screen_is_ours()) && had_screen_;
    const bool again = is_time_to_relight();
    if ((news.cables || back || again) && screen_is_ours() && begun_) look_at_cables();
    while (const auto key = inputs_.next_key()) {
      press(*key);
      // Another picture may be one that can be shown.
      if (relight_at_ != Time::max() && screen_is_ours() && !over_) look_at_cables();
    }
  } catch (const Error& error) {
    if (error.failure() != Failure::master_taken) throw;
    wait_for_master(error);
  }
}

// Not while another program has the screen.
bool KmsStage::is_time_to_relight() {
  const Time now = Clock::now();
  if (now < relight_at_) return false;
  relight_at_ = now + relight_pause;
  return true;
}

// The seat says so, and no other program has taken it from us.
bool KmsStage::screen_is_ours() {
  return ours_ && (!begun_ || console_.saved().ours());
}

void KmsStage::wait_for_master(const Error& error) {
  if (ours_) leave(SeatCause::master);
  if (retry_since_ == Time::max()) {
    say_note(fmt::format("{}: waiting for it to go", error.what()));
    retry_since_ = Clock::now();
  }
  // Nobody waits for a picture that has never been there: the user may want to know now.
  if (!begun_ && Clock::now() - retry_since_ > first_master_patience) throw error;
  retry_at_ = Clock::now() + master_retry;
}

void KmsStage::look_after_seat() {
  for (;;) {
    switch (console_.seat().read_event()) {
      case SeatEvent::none:
        return;
      case SeatEvent::leave:
        leave(SeatCause::vt);
        console_.seat().left();
        break;
      case SeatEvent::enter:
        enter();
        break;
    }
  }
}

// Frames that are being drawn in a thread may be finished; nothing else happens until enter().
void KmsStage::leave(SeatCause cause) {
  ours_ = false;
  away_by_ = cause;
  recording_.seat(false, cause);
  retry_at_ = Time::max();
  stop_trying();  // enter() begins anew
  if (presenter_) {
    presenter().suspend();
  } else {
    console_.let_go_of_screen();
  }
}

void KmsStage::enter() {
  retry_at_ = Time::max();
  try {
    if (presenter_) {
      presenter().resume();
    } else {
      console_.take_screen_back();
    }
  } catch (const Error& error) {
    if (error.failure() == Failure::master_taken) return wait_for_master(error);
    // An output of ours is on a dock that is gone; the device is not.
    if (error.failure() != Failure::device_lost || !console_.saved().ours()) throw;
    end_presenter();
    release_previous();
    wanted_.clear();
  }
  ours_ = true;
  recording_.seat(true, away_by_);
  had_screen_ = true;
  retry_since_ = Time::max();
  if (!begun_) return light();
  look_at_cables();
}

// Some drivers forget what they showed, and do not tell.
void KmsStage::wake_up() {
  recording_.seat(false, SeatCause::sleep);
  presenter().suspend();
  presenter().resume();
  recording_.seat(true, SeatCause::sleep);
}

void KmsStage::abandon() {
  static_cast<void>(console_.give_back());
  static_cast<void>(finish());
}

// The console first: a GPU that hangs may keep us.
void KmsStage::give_back() {
  const int errnum = console_.give_back();
  const bool finished = finish();
  check_restored(errnum);
  notes_.finish();
  if (!finished) throw_gpu_hangs();
}

}  // namespace drmshow
