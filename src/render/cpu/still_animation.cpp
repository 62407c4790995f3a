#include "render/cpu/still_animation.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace drmshow {
namespace {

class StillAnimation : public Animation {
 public:
  explicit StillAnimation(std::unique_ptr<Picture> picture) : picture_{std::move(picture)} {}

  Size size() const override { return picture_->size(); }
  void set(const Moment& /*now*/) override {}
  void draw(int y, int x, std::span<Pixel> row) const override;
  bool repeats(int y) const override { return picture_->repeats_row(y); }
  void add_damage(const Moment& /*before*/, Damage& /*damage*/) const override {}

 private:
  std::unique_ptr<Picture> picture_;
};

/// This thread's line of at least `width` pixels. It grows to the widest picture and stays.
std::span<Pixel> whole_line(std::size_t width) {
  thread_local std::vector<Pixel> line;
  if (line.size() < width) line.resize(width);
  return std::span{line}.first(width);
}

void StillAnimation::draw(int y, int x, std::span<Pixel> row) const {
  const auto width = static_cast<std::size_t>(picture_->size().width);
  if (row.size() == width) return picture_->draw_row(y, row);
  const auto line = whole_line(width);
  picture_->draw_row(y, line);
  std::copy_n(line.begin() + x, row.size(), row.begin());
}

}  // namespace

std::unique_ptr<Animation> still_animation(std::unique_ptr<Picture> picture) {
  return std::make_unique<StillAnimation>(std::move(picture));
}

}  // namespace drmshow
