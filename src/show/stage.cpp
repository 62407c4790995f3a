#include "show/stage.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "present/poll_until.hpp"
#include "show/messages.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr Nanoseconds gpu_loss_memory = 1min;
constexpr int most_gpu_losses = 3;
// A picture that stands still needs no third framebuffer to be drawn into ahead of time.
constexpr int buffers_for_stills = 2;

}  // namespace

Stage::Stage(const Options& options, FlightRecording& recording)
    : options_{options},
      shown_{shown_at_first(options)},
      recording_{recording},
      notes_{options, recording} {}

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
  fds_.clear();
  gather(fds_);
  const Time until = std::min(deadline(), recording_.beat());
  const std::size_t count = fds_.size();
  if (screenshots_) fds_.push_back({screenshots_->fd(), POLLIN, 0});
  if (maker_) fds_.push_back({maker_->fd(), POLLIN, 0});
  if (loop_) {
    over_ = !loop_->step(fds_, until, may_draw());
    recording_.look_back(*presenter_);
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
  loop_.reset();
  presenter_->restore();
  stats_.add(options_, *presenter_, accounts);
  // One that was never lit leaves the screen to the one before it.
  if (lit) previous_ = std::move(presenter_);
  presenter_.reset();
}

void Stage::release_previous() {
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

void Stage::finish() {
  end_presenter();
  finish_screenshots();
  stats_.print(options_);
}

}  // namespace drmshow
