// The CPU draws: only what has changed in the framebuffer that it gets.
#pragma once

#include <array>
#include <memory>
#include <optional>

#include "render/cpu/animation.hpp"
#include "render/cpu/frame_painter.hpp"
#include "render/cpu/hud.hpp"
#include "show/artist.hpp"

namespace drmshow {

class CpuArtist : public Artist {
 public:
  /// `hud`: the same animation where it has a panel, else nullptr.
  CpuArtist(std::unique_ptr<Animation> animation, Hud* hud, Format format);

  void set(const Canvas& canvas, const Moment& moment) override;
  Drawn draw() override;
  bool was_special() const override { return whole_; }
  HudPanel* hud() override { return hud_ ? &hud_->panel() : nullptr; }
  RgbImage read(const Canvas& canvas, const Moment& moment) override;

 private:
  std::unique_ptr<Animation> animation_;
  Hud* hud_;
  FramePainter painter_;
  Damage damage_;
  std::array<std::optional<Moment>, FrameRing::most_slots> held_{};  // by the framebuffers
  const Mapping* mapping_ = nullptr;                                 // set by set(), with damage_
  bool whole_ = false;  // set by set(): the framebuffer held nothing yet
};

}  // namespace drmshow
