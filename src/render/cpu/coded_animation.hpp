// Puts the frame's number into its pixels.
#pragma once

#include <memory>

#include "render/cpu/animation.hpp"
#include "render/cpu/frame_code.hpp"
#include "render/cpu/panel.hpp"

namespace drmshow {

/// The frame code by itself.
class FrameCodePanel : public Panel {
 public:
  explicit FrameCodePanel(Size screen) : strip_{frame_code::strip_on(screen)} {}

  Rect box() const override { return strip_.box; }
  void set(const Moment& now) override;
  std::uint64_t version() const override { return number_; }
  void lay(int y, int x, std::span<Pixel> row) const override {
    frame_code::draw(strip_, cells_, y, x, row);
  }
  /// True if its share of lines `y` > 0 and `y` - 1 is the same.
  bool repeats(int y) const { return frame_code::repeats(strip_, y); }

 private:
  frame_code::Strip strip_;
  std::uint32_t number_ = 0;
  frame_code::Cells cells_ = frame_code::encode(0);
};

/// `animation` with a frame code over its bottom left corner, where the screen has room for one.
std::unique_ptr<Animation> with_frame_code(std::unique_ptr<Animation> animation);

}  // namespace drmshow
