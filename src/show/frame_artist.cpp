#include "show/frame_artist.hpp"

#include <utility>

namespace drmshow {

FrameArtist::FrameArtist(std::unique_ptr<Animation> animation, Hud* hud, Format format)
    : animation_{std::move(animation)},
      hud_{hud},
      painter_{animation_->size(), format},
      damage_{animation_->size()} {}

void FrameArtist::set(const Canvas& canvas, const Moment& moment) {
  canvas_ = canvas;
  animation_->set(moment);
  damage_.clear();
  auto& held = held_[canvas.frame.slot];
  whole_ = !held;
  if (held) {
    animation_->add_damage(*held, damage_);
  } else {
    damage_.add_all();
  }
  held = moment;
}

void FrameArtist::paint() {
  const Time begun = measures_ ? Clock::now() : Time{};
  painter_.paint(*animation_, damage_, *canvas_.mapping);
  if (measures_ && !whole_) paint_time_ = Clock::now() - begun;
}

void FrameArtist::draw(const Canvas& canvas, const Moment& moment) {
  set(canvas, moment);
  paint();
}

void FrameArtist::start(const Canvas& canvas, const Moment& moment) {
  if (!thread_) thread_ = std::make_unique<DrawThread>();
  set(canvas, moment);
  thread_->start({[](void* artist) { static_cast<FrameArtist*>(artist)->paint(); }, this});
}

std::optional<Canvas> FrameArtist::take_finished() {
  if (!thread_ || !thread_->take_finished()) return std::nullopt;
  return canvas_;
}

}  // namespace drmshow
