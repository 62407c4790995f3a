#include "show/frame_loop.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "show/make_artist.hpp"

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

FrameLoop::FrameLoop(const Options& options, const Studio& studio, AnimationClock clock,
                     std::span<const std::uint64_t> frames_shown)
    : options_{options},
      studio_{studio},
      presenter_{studio.presenter},
      processors_{std::thread::hardware_concurrency()},
      begin_{clock.begin} {
  const std::size_t count = presenter_.streams().size();
  parts_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t output = presenter_.streams()[i].outputs.front();
    hud_texts_.emplace_back(presenter_, output);
    Part& part = parts_.emplace_back(
        Part{{}, {interval_of(options), clock.begin, clock.frames}, !moves(options), {}});
    part.easel.give(framed(make_artist(options, i), i));
    // One that has had all of its frames still shows the last one.
    if (options.frames) {
      part.frames_before = std::min(frames_shown[output], *options.frames - 1);
    }
  }
}

ArtistOrder FrameLoop::order(std::size_t stream) const {
  const std::size_t index = presenter_.streams()[stream].outputs.front();
  const Output& output = presenter_.outputs()[index];
  return {spot_on(output, index, studio_.where), output.format, presenter_.image_way(stream).rung};
}

std::vector<ArtistOrder> FrameLoop::orders() const {
  std::vector<ArtistOrder> orders;
  for (std::size_t i = 0; i < parts_.size(); ++i) orders.push_back(order(i));
  return orders;
}

std::unique_ptr<Artist> FrameLoop::make_artist(const Options& options, std::size_t stream) const {
  const ArtistOrder what = order(stream);
  return drmshow::make_artist(options, what.spot, what.format, what.rung, studio_.gpu);
}

std::unique_ptr<FrameArtist> FrameLoop::framed(std::unique_ptr<Artist> made,
                                               std::size_t stream) const {
  auto artist = std::make_unique<FrameArtist>(std::move(made));
  if (processors_ > 1) artist->measure();
  if (recording_) artist->record_in(*recording_, recording_->number_of(stream));
  return artist;
}

void FrameLoop::record_in(FlightRecording& recording) {
  recording_ = &recording;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    parts_[i].easel.artist().record_in(recording, recording.number_of(i));
  }
}

void FrameLoop::change_content(const Options& options) {
  ContentMaker::Artists made;
  for (std::size_t i = 0; i < parts_.size(); ++i) made.push_back(make_artist(options, i));
  change_content(options, std::move(made));
}

void FrameLoop::change_content(const Options& options, ContentMaker::Artists artists) {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    Part& part = parts_[i];
    part.waits_before = waits_of(part);
    part.easel.give(framed(std::move(artists[i]), i));
    part.still = !moves(options);
    part.changed = true;
  }
  options_ = options;
  presenter_.rest();
}

void FrameLoop::pause(bool paused) {
  if (paused == paused_at_.has_value()) return;
  if (paused) {
    paused_at_ = Clock::now();
    return;
  }
  const Nanoseconds time = Clock::now() - *std::exchange(paused_at_, std::nullopt);
  begin_ += time;
  for (Part& part : parts_) part.timing.put_off(time);
  presenter_.rest();
}

bool FrameLoop::step(std::vector<pollfd>& fds, Time until, bool ours) {
  bool over = true;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (all_shown(i)) presenter_.close(i);
    over = over && presenter_.ring(i).closed() && presenter_.finished(i);
  }
  if (over) return false;
  take_what_is_drawn();
  take_changes();
  if (ours) draw_what_can_be_drawn();
  add_fds(fds);
  if (ours) until = std::min(until, next_due());
  presenter_.wait(fds, has_shot() ? Clock::now() : until);
  note_changes(fds);
  return true;
}

void FrameLoop::add_fds(std::vector<pollfd>& fds) const {
  for (const Part& part : parts_) {
    if (part.easel.busy()) fds.push_back({part.easel.fd(), POLLIN, 0});
  }
  // Last, where note_changes() finds them.
  for (const Part& part : parts_) {
    const int changes = part.news ? -1 : part.easel.artist().artist().changes_fd();
    fds.push_back({changes, POLLIN, 0});
  }
}

void FrameLoop::note_changes(std::span<const pollfd> fds) {
  const auto changes = fds.last(parts_.size());
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (changes[i].revents != 0) parts_[i].news = true;
  }
}

// A file that is shown may have changed; what is drawn in a thread now is drawn as it was.
void FrameLoop::take_changes() {
  for (Part& part : parts_) {
    if (!part.news || part.easel.busy()) continue;
    part.news = false;
    if (!part.easel.artist().artist().take_changes()) continue;
    part.changed = true;
    part.easel.artist().forget_paint_time();
  }
}

void FrameLoop::take_what_is_drawn() {
  const Time now = Clock::now();
  for (Part& part : parts_) {
    part.easel.take_what_is_done(presenter_);
    part.easel.complain(now);
    if (!part.easel.busy()) part.easel.begin_shots(now);
  }
}

void FrameLoop::draw_what_can_be_drawn() {
  const Time now = Clock::now();
  tried_at_ = now;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    while (!parts_[i].easel.busy() && draw_one(i, now)) {
    }
  }
}

// False if that was the last one for now.
bool FrameLoop::draw_one(std::size_t stream, Time now) {
  Part& part = parts_[stream];
  if (enough(stream)) return false;
  const bool still = stands_still(stream);
  const bool only_the_newest = options_.present.mode == PresentMode::mailbox;
  if (still && !wants_frame(stream)) return false;
  if (!still && only_the_newest && part.timing.next_due() > now) return false;
  const auto canvas = presenter_.acquire(stream);
  if (!canvas) return false;
  auto next =
      still ? FrameTiming::Next{part.last, Time::min()} : part.timing.next(canvas->shows_at, now);
  if (only_the_newest) next.due = Time::min();
  paint(stream, *canvas, next, now);
  return !part.easel.busy();
}

void FrameLoop::paint(std::size_t stream, const Canvas& canvas, const FrameTiming::Next& next,
                      Time now) {
  Part& part = parts_[stream];
  if (HudPanel* hud = part.easel.artist().artist().hud()) {
    hud_texts_[stream].write(*hud, next.moment.number, now);
  }
  part.last = next.moment;
  part.changed = false;
  part.easel.paint(presenter_, canvas, next, most_to_draw_here(stream), now);
}

// What stands still is drawn anew where an output has none of it: at first, when it is back, and
// when it is something else.
bool FrameLoop::wants_frame(std::size_t stream) const {
  if (parts_[stream].changed) return true;
  const FrameRing& ring = presenter_.ring(stream);
  for (int i = 0; i < ring.outputs(); ++i) {
    if (!ring.away(i) && ring.needs_modeset(i) && !ring.upcoming(i) && !ring.pending(i)) {
      return true;
    }
  }
  return false;
}

Nanoseconds FrameLoop::most_to_draw_here(std::size_t stream) const {
  return presenter_.period(presenter_.streams()[stream].outputs.front()) / share_for_threads;
}

// Frames that are on their way count, too: none is drawn that would not be shown.
bool FrameLoop::enough(std::size_t stream) const {
  if (!options_.frames) return false;
  for (const std::size_t output : presenter_.streams()[stream].outputs) {
    const FrameCounts counts = presenter_.counts(output);
    const std::uint64_t on_the_way = counts.submitted - counts.superseded - counts.cancelled;
    if (on_the_way + parts_[stream].frames_before < *options_.frames) return false;
  }
  return true;
}

bool FrameLoop::all_shown(std::size_t stream) const {
  if (!options_.frames) return false;
  for (const std::size_t output : presenter_.streams()[stream].outputs) {
    const std::uint64_t shown = presenter_.counts(output).shown;
    if (shown + parts_[stream].frames_before < *options_.frames) return false;
  }
  return true;
}

// When to complain; and in mailbox mode with a rate of its own, when to draw next.
Time FrameLoop::next_due() const {
  Time first = Time::max();
  for (const Part& part : parts_) first = std::min(first, part.easel.complain_at());
  if (options_.present.mode != PresentMode::mailbox || options_.rate != RatePolicy::fixed) {
    return first;
  }
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const Time due = parts_[i].timing.next_due();
    // One that was due already got no framebuffer: a flip or a cable will wake us.
    if (!parts_[i].easel.busy() && !stands_still(i) && !enough(i) && due > tried_at_) {
      first = std::min(first, due);
    }
  }
  return first;
}

bool FrameLoop::lit() const {
  for (std::size_t i = 0; i < presenter_.outputs().size(); ++i) {
    if (presenter_.counts(i).shown > 0) return true;
  }
  return false;
}

bool FrameLoop::all_lit() const {
  for (std::size_t i = 0; i < presenter_.outputs().size(); ++i) {
    if (presenter_.lit(i) && presenter_.counts(i).shown == 0) return false;
  }
  return lit();
}

AnimationClock FrameLoop::clock() const {
  AnimationClock clock{begin_};
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    // What is being drawn is not submitted any more: the next loop draws that frame.
    const std::uint64_t number = parts_[i].timing.number();
    const bool undone = number > 0 && parts_[i].easel.draws() && !stands_still(i);
    clock.frames = std::max(clock.frames, number - (undone ? 1 : 0));
  }
  return clock;
}

void FrameLoop::ask_for_shot(std::size_t index) {
  const auto canvas = presenter_.on_screen(index);
  if (canvas) parts_[presenter_.stream_of(index)].easel.ask_for_shot(index, *canvas);
}

std::optional<Shot> FrameLoop::take_shot() {
  for (Part& part : parts_) {
    if (auto shot = part.easel.take_shot()) return shot;
  }
  return std::nullopt;
}

bool FrameLoop::has_shot() const {
  return std::ranges::any_of(parts_, [](const Part& part) { return part.easel.has_shot(); });
}

void FrameLoop::give_up() {
  for (Part& part : parts_) part.easel.give_up();
}

bool FrameLoop::idle() const {
  return std::ranges::all_of(parts_, [](const Part& part) { return part.easel.idle(); });
}

void FrameLoop::stop_recording() {
  for (Part& part : parts_) part.easel.stop_recording();
}

std::uint64_t FrameLoop::waits_of(const Part& part) {
  const auto account = part.easel.artist().artist().account();
  return part.waits_before + (account ? account->waits : 0);
}

std::optional<GpuAccount> FrameLoop::account(std::size_t index) const {
  const Part& part = parts_[presenter_.stream_of(index)];
  auto account = part.easel.artist().artist().account();
  if (account) account->waits = waits_of(part);
  return account;
}

}  // namespace drmshow
