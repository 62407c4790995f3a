#include "show/frame_loop.hpp"

#include <algorithm>
#include <thread>

#include "show/content.hpp"

namespace drmshow {
namespace {

// A frame whose drawing takes more than this share of its time is drawn in a thread, so that
// commits and keys do not wait for it.
constexpr int share_for_threads = 4;

std::optional<Nanoseconds> interval_of(const Options& options) {
  if (options.rate != RatePolicy::fixed) return std::nullopt;
  return std::chrono::duration_cast<Nanoseconds>(std::chrono::duration<double>{1 / options.fps});
}

}  // namespace

FrameLoop::FrameLoop(const Options& options, const Device& device, Presenter& presenter)
    : options_{options},
      presenter_{presenter},
      processors_{std::thread::hardware_concurrency()},
      begin_{Clock::now()} {
  if (options.duration) end_ = begin_ + std::chrono::duration_cast<Nanoseconds>(*options.duration);
  const std::size_t count = presenter.streams().size();
  parts_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) make_part(device, i);
  fds_.reserve(2 + count);
}

void FrameLoop::make_part(const Device& device, std::size_t stream) {
  const std::size_t index = presenter_.streams()[stream].outputs.front();
  const Output& output = presenter_.outputs()[index];
  auto animation = make_moving_content(options_, device, output, index);
  Hud* hud = nullptr;
  if (options_.overlay == OverlayPolicy::with) {
    auto with_hud = std::make_unique<Hud>(std::move(animation), HudText::lines);
    hud = with_hud.get();
    animation = std::move(with_hud);
    hud_texts_.emplace_back(presenter_, index);
  }
  parts_.push_back(
      {{std::move(animation), hud, output.format}, {interval_of(options_), begin_}, std::nullopt});
  if (processors_ > 1) parts_.back().artist.measure();
}

bool FrameLoop::step(const EndSignals& signals, Terminal& terminal) {
  bool over = true;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (all_shown(i)) presenter_.close(i);
    over = over && presenter_.ring(i).closed() && presenter_.finished(i);
  }
  if (over) return false;
  draw_what_can_be_drawn();
  gather(signals, terminal);
  presenter_.wait(fds_, std::min(end_, next_due()));
  if (fds_[0].revents != 0) return false;
  if (fds_[1].revents != 0 && terminal.read_key() == Key::quit) return false;
  return end_ == Time::max() || Clock::now() < end_;
}

void FrameLoop::gather(const EndSignals& signals, const Terminal& terminal) {
  fds_.clear();
  fds_.push_back({signals.fd(), POLLIN, 0});
  fds_.push_back({terminal.fd(), POLLIN, 0});
  for (const Part& part : parts_) {
    if (part.canvas) fds_.push_back({part.artist.fd(), POLLIN, 0});
  }
}

void FrameLoop::draw_what_can_be_drawn() {
  const Time now = Clock::now();
  tried_at_ = now;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    Part& part = parts_[i];
    if (part.canvas) {
      if (!part.artist.take_finished()) continue;
      presenter_.submit(*part.canvas, {.due = part.due});
      part.canvas.reset();
    }
    while (draw_one(i, now)) {
    }
  }
}

// False if that was the last one for now.
bool FrameLoop::draw_one(std::size_t stream, Time now) {
  Part& part = parts_[stream];
  const bool only_the_newest = options_.present.mode == PresentMode::mailbox;
  if (enough(stream) || (only_the_newest && part.timing.next_due() > now)) return false;
  const auto canvas = presenter_.acquire(stream);
  if (!canvas) return false;
  const auto next = part.timing.next(canvas->shows_at, now);
  if (part.artist.hud()) hud_texts_[stream].write(*part.artist.hud(), next.moment.number, now);
  const Time due = only_the_newest ? Time::min() : next.due;
  if (is_slow_to_draw(stream)) {
    part.artist.start(*canvas, next.moment);
    part.canvas = canvas;
    part.due = due;
    return false;
  }
  part.artist.draw(*canvas, next.moment);
  presenter_.submit(*canvas, {.due = due});
  return true;
}

bool FrameLoop::is_slow_to_draw(std::size_t stream) const {
  const std::size_t output = presenter_.streams()[stream].outputs.front();
  return parts_[stream].artist.paint_time() > presenter_.period(output) / share_for_threads;
}

// Frames that are on their way count, too: none is drawn that would not be shown.
bool FrameLoop::enough(std::size_t stream) const {
  if (!options_.frames) return false;
  for (const std::size_t output : presenter_.streams()[stream].outputs) {
    const FrameCounts counts = presenter_.counts(output);
    if (counts.submitted - counts.superseded - counts.cancelled < *options_.frames) return false;
  }
  return true;
}

bool FrameLoop::all_shown(std::size_t stream) const {
  if (!options_.frames) return false;
  for (const std::size_t output : presenter_.streams()[stream].outputs) {
    if (presenter_.counts(output).shown < *options_.frames) return false;
  }
  return true;
}

// In mailbox mode with a rate of its own: when to draw next.
Time FrameLoop::next_due() const {
  if (options_.present.mode != PresentMode::mailbox || options_.rate != RatePolicy::fixed) {
    return Time::max();
  }
  Time first = Time::max();
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const Time due = parts_[i].timing.next_due();
    // One that was due already got no framebuffer: a flip or a cable will wake us.
    if (!parts_[i].canvas && !enough(i) && due > tried_at_) first = std::min(first, due);
  }
  return first;
}

bool FrameLoop::lit() const {
  for (std::size_t i = 0; i < presenter_.outputs().size(); ++i) {
    if (presenter_.counts(i).shown > 0) return true;
  }
  return false;
}

}  // namespace drmshow
