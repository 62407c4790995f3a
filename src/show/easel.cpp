#include "show/easel.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "drm-show/error.hpp"
#include "drm-show/gpu_lost.hpp"
#include "show/messages.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

// Of a frame that is drawn in a thread.
constexpr std::chrono::seconds patience = 3s;

}  // namespace

void Easel::give(std::unique_ptr<FrameArtist> artist) {
  if (artist_) {
    artist_->artist().give_up();
    leaving_.push_back(std::move(artist_));
  }
  artist_ = std::move(artist);
  if (!requests_.empty()) say_note("there is no screenshot: something else is shown now");
  requests_.clear();
  complained_ = false;
}

void Easel::paint(Presenter& presenter, const Canvas& canvas, const FrameTiming::Next& next,
                  Nanoseconds most, Time now) {
  held_[canvas.frame.slot] = next.moment;
  if (artist_->paint_time() <= most && artist_->artist().claim()) {
    Drawn drawn = artist_->draw(canvas, next.moment);
    presenter.submit(canvas,
                     {.due = next.due, .kind = drawn.kind, .fence = std::move(drawn.fence)});
    return;
  }
  artist_->start(canvas, next.moment);
  canvas_ = canvas;
  due_ = next.due;
  start(now);
}

void Easel::start(Time now) {
  at_work_ = artist_.get();
  begun_ = now;
}

void Easel::take_what_is_done(Presenter& presenter) {
  if (canvas_) {
    take_drawn(presenter);
  } else if (at_work_) {
    take_read();
  }
  if (leaving_.empty()) return;
  std::erase_if(leaving_,
                [this](const auto& old) { return old.get() != at_work_ && old->leave(); });
}

// The slot is in use until whoever draws into it is done, wanted or not.
void Easel::take_drawn(Presenter& presenter) {
  const bool wanted = at_work_ == artist_.get();
  std::optional<Drawn> drawn;
  try {
    drawn = at_work_->take_finished();
    if (!drawn) return;
  } catch (const GpuLost&) {
    throw;
  } catch (const Error&) {
    if (wanted) throw;
  }
  at_work_ = nullptr;
  const Canvas canvas = *std::exchange(canvas_, std::nullopt);
  if (!wanted) {
    presenter.discard(canvas);
    return;
  }
  presenter.submit(canvas, {.due = due_, .kind = drawn->kind, .fence = std::move(drawn->fence)});
}

void Easel::take_read() {
  try {
    auto image = at_work_->take_read();
    if (!image) return;
    shots_.push_back({read_output_, std::move(*image)});
  } catch (const GpuLost&) {
    throw;
  } catch (const Error& error) {
    say_note(error);
  }
  at_work_ = nullptr;
}

void Easel::complain(Time now) {
  if (now < complain_at()) return;
  complained_ = true;
  say_note(fmt::format("a frame is not drawn after {} s: what draws it may be slow, or have no end",
                       patience.count()));
}

Time Easel::complain_at() const {
  return at_work_ && !complained_ ? begun_ + patience : Time::max();
}

void Easel::ask_for_shot(std::size_t output, const Canvas& canvas) {
  const Moment moment = held_[canvas.frame.slot];
  if (artist_->artist().may_wait()) {
    requests_.push_back({output, canvas, moment});
  } else {
    shots_.push_back({output, artist_->artist().read(canvas, moment)});
  }
}

void Easel::begin_shots(Time now) {
  if (requests_.empty()) return;
  const Request request = requests_.back();
  requests_.pop_back();
  read_output_ = request.output;
  artist_->start_reading(request.canvas, request.moment);
  start(now);
}

std::optional<Shot> Easel::take_shot() {
  if (shots_.empty()) return std::nullopt;
  Shot shot = std::move(shots_.back());
  shots_.pop_back();
  return shot;
}

void Easel::give_up() {
  artist_->artist().give_up();
}

bool Easel::idle() const {
  return artist_->idle() &&
         std::ranges::all_of(leaving_, [](const auto& old) { return old->idle(); });
}

void Easel::stop_recording() {
  artist_->stop_recording();
  for (const auto& old : leaving_) old->stop_recording();
}

}  // namespace drmshow
