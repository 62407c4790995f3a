// A frame of an animation where a picture is asked for.
#pragma once

#include "drm-show/picture.hpp"
#include "render/cpu/animation.hpp"

namespace drmshow::golden {

/// The frame that `animation`, which must live longer, is set to.
class FramePicture : public Picture {
 public:
  explicit FramePicture(const Animation& animation) : animation_{animation} {}

  Size size() const override { return animation_.size(); }
  void draw_row(int y, std::span<Pixel> row) const override { animation_.draw(y, 0, row); }
  bool repeats_row(int y) const override { return animation_.repeats(y); }

 private:
  const Animation& animation_;
};

}  // namespace drmshow::golden
