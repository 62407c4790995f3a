#include "show/cpu_artist.hpp"

#include <utility>

namespace drmshow {

CpuArtist::CpuArtist(std::unique_ptr<Animation> animation, Hud* hud, Format format)
    : animation_{std::move(animation)},
      hud_{hud},
      painter_{animation_->size(), format},
      damage_{animation_->size()} {}

void CpuArtist::set(const Canvas& canvas, const Moment& moment) {
  mapping_ = canvas.mapping;
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

Drawn CpuArtist::draw() {
  painter_.paint(*animation_, damage_, *mapping_);
  return {};
}

RgbImage CpuArtist::read(const Canvas& canvas, const Moment& /*moment*/) {
  return copy_pixels(canvas.size, canvas.format, *canvas.mapping);
}

}  // namespace drmshow
