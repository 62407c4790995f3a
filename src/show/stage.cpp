#include "show/stage.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/program.hpp"
#include "drm-show/error.hpp"
#include "present/poll_until.hpp"
#include "show/messages.hpp"
#include "show/shader_preparation.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds gpu_loss_memory = 1min;
constexpr int most_gpu_losses = 3;
// A picture that stands still needs no third framebuffer to be drawn into ahead of time.
constexpr int buffers_for_stills = 2;
// In the end, after all that others may wait for: a GPU has so long to come to an end.
constexpr Nanoseconds end_patience = 4s;
constexpr Nanoseconds end_look = 2ms;

}  // namespace

Stage::Stage(const Options& options, FlightRecording& recording)
    : options_{options},
      shown_{shown_at_first(options)},
      recording_{recording},
      notes_{options, recording} {}

bool Stage::prepare(int end) {
  auto shader = shader_file_of(options_);
  if (shader && !compile_unless(end, shader)) return false;
  shader_ = std::move(shader);
  return true;
}

void Stage::begin() {
  clock_.begin = Clock::now();
  if (!options_.duration) return;
  end_ = clock_.begin + std::chrono::duration_cast<Nanoseconds>(*options_.duration);
}

void Stage::step() {
  try {
    look_around();
  } catch (const GpuLost& loss) {
    replace_gpu(loss);
  }
}

void Stage::look_around() {
  static_cast<void>(let_go());
  fds_.clear();
  gather(fds_);
  const Time until = std::min(deadline(), recording_.beat());
  const std::size_t count = fds_.size();
  if (screenshots_) fds_.push_back({screenshots_->fd(), POLLIN, 0});
  if (maker_) fds_.push_back({maker_->fd(), POLLIN, 0});
  if (loop_) {
    over_ = !loop_->step(fds_, until, may_draw());
    recording_.look_back(*presenter_);
    save_screenshots();
    if (notes_.drawing_fails()) throw GpuLost{"frames are not drawn"};
  } else {
    poll_until(fds_, until, Clock::now());
  }
  announce_screenshots();
  if (over_) return;
  take_what_was_read();
  handle(std::span{fds_}.first(count));
  announce();
  over_ = over_ || Clock::now() >= end_;
}

// Its driver may have reset it, and then it works again. What is on the screen stays there until
// the new one has drawn something.
void Stage::replace_gpu(const GpuLost& loss) {
  note_gpu_loss(loss);
  if (loop_ && loop_->all_lit()) release_previous();
  for (;;) {
    lost_gpus_.push_back(std::move(gpu_));
    try {
      return restart();
    } catch (const GpuLost& again) {
      note_gpu_loss(again);
    }
  }
}

void Stage::note_gpu_loss(const GpuLost& loss) {
  const Time now = Clock::now();
  if (now - gpu_lost_at_ > gpu_loss_memory) gpu_losses_ = 0;
  if (++gpu_losses_ > most_gpu_losses) throw GpuLost{loss};
  gpu_lost_at_ = now;
  say_note(loss);
}

void Stage::announce() {
  if (noticed_ || !loop_ || !loop_->all_lit()) return;
  noticed_ = true;
  release_previous();
  if (std::exchange(quiet_, false)) return;
  for (std::size_t i = 0; i < presenter_->outputs().size(); ++i) {
    const Output& output = presenter_->outputs()[i];
    say(options_, "Showing " + shown_text(options_, output, i, place_of(output)));
  }
  say_who_draws();
  if (!std::exchange(introduced_, true) && has_keys()) {
    say(options_, "q, Esc or Ctrl-C ends it.");
  }
}

void Stage::say_who_draws() const {
  if (!gpu_) return;
  say(options_, fmt::format("Drawn by {}", gpu_->description()));
  if (options_.verbosity != Verbosity::verbose) return;
  for (std::size_t i = 0; i < presenter_->streams().size(); ++i) {
    const Output& output = presenter_->outputs()[presenter_->streams()[i].outputs.front()];
    say(options_, fmt::format("{}: framebuffers are {}", output.name, framebuffers_of(i)));
  }
}

std::string Stage::framebuffers_of(std::size_t stream) const {
  return to_string(presenter_->image_way(stream));
}

PresentOptions Stage::present_options() {
  PresentOptions present = options_.present;
  present.observer = &notes_;
  if (gpu_) present.images = gpu_->images();
  if (!moves(options_)) present.buffers = buffers_for_stills;
  return present;
}

std::unique_ptr<FrameLoop> Stage::make_loop(Presenter& presenter, std::string where) const {
  return std::make_unique<FrameLoop>(options_,
                                     FrameLoop::Studio{presenter, gpu_.get(), std::move(where)},
                                     loop_ ? loop_->clock() : clock_, frames_shown(presenter));
}

void Stage::put_on_stage(std::unique_ptr<Presenter> presenter, std::unique_ptr<FrameLoop> loop) {
  end_presenter();
  options_before_.reset();  // it shows what they are now
  if (maker_) maker_->forget();
  presenter_ = std::move(presenter);
  loop_ = std::move(loop);
  loop_->pause(shown_.paused);
  notes_.introduce(*presenter_);
  loop_->record_in(recording_);
  if (gpu_) recording_.set("gpu", gpu_->description());
  noticed_ = false;
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
  loop_->give_up();
  presenter_->restore();
  stats_.add(options_, *presenter_, accounts);
  if (!leaving_.empty() || !loop_->idle()) leaving_.push_back({presenter_, std::move(loop_)});
  loop_.reset();
  // One that was never lit leaves the screen to the one before it.
  if (lit) previous_ = std::move(presenter_);
  presenter_.reset();
}

void Stage::release_previous() {
  previous_.reset();
  for (auto& gpu : lost_gpus_) unused_gpus_.push_back(std::move(gpu));
  lost_gpus_.clear();
}

// Those who are done with drawing end (all at once: some drivers let nobody end while another
// draws), and then what that was drawn with. True if that is all.
bool Stage::let_go() {
  if (!std::ranges::all_of(leaving_, [](const Leaving& old) { return old.loop->idle(); })) {
    return false;
  }
  leaving_.clear();
  std::erase_if(unused_gpus_, [](const auto& gpu) { return gpu->idle(); });
  return unused_gpus_.empty();
}

bool Stage::all_let_go() {
  const auto idle = [](const auto& gpu) { return !gpu || gpu->idle(); };
  return let_go() && idle(gpu_) && std::ranges::all_of(lost_gpus_, idle);
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

bool Stage::finish() {
  end_presenter();
  finish_screenshots();
  stats_.print(options_);
  return end_drawing();
}

bool Stage::end_drawing() {
  end_presenter();
  const Time limit = Clock::now() + end_patience;
  while (!all_let_go()) {
    if (Clock::now() > limit) {
      leave_gpu_behind();
      return false;
    }
    std::this_thread::sleep_for(end_look);
  }
  return true;
}

// All that it may still use stays until the process is gone.
void Stage::leave_gpu_behind() {
  end_without_waiting();
  for (const Leaving& old : leaving_) old.loop->stop_recording();
  struct Leftovers {
    std::vector<std::shared_ptr<GpuStudio>> gpus;
    std::shared_ptr<Presenter> previous;
    std::vector<Leaving> loops;
  };
  static Leftovers* leftovers = nullptr;  // somebody has to have it
  leftovers = new Leftovers{std::move(unused_gpus_), std::move(previous_), std::move(leaving_)};
  for (auto& gpu : lost_gpus_) leftovers->gpus.push_back(std::move(gpu));
  leftovers->gpus.push_back(std::move(gpu_));
}

}  // namespace drmshow
