#include "render/cpu/coded_animation.hpp"

#include <utility>

namespace drmshow {
namespace {

class CodedAnimation : public Animation {
 public:
  explicit CodedAnimation(std::unique_ptr<Animation> animation)
      : animation_{std::move(animation)}, panel_{animation_->size()} {}

  Size size() const override { return animation_->size(); }
  void set(const Moment& now) override;
  void draw(int y, int x, std::span<Pixel> row) const override;
  bool repeats(int y) const override { return animation_->repeats(y) && panel_.repeats(y); }
  void add_damage(const Moment& before, Damage& damage) const override;

 private:
  std::unique_ptr<Animation> animation_;
  FrameCodePanel panel_;
};

void CodedAnimation::set(const Moment& now) {
  animation_->set(now);
  panel_.set(now);
}

void CodedAnimation::draw(int y, int x, std::span<Pixel> row) const {
  animation_->draw(y, x, row);
  panel_.lay(y, x, row);
}

void CodedAnimation::add_damage(const Moment& before, Damage& damage) const {
  animation_->add_damage(before, damage);
  if (static_cast<std::uint32_t>(before.number) != panel_.version()) damage.add(panel_.box());
}

}  // namespace

void FrameCodePanel::set(const Moment& now) {
  number_ = static_cast<std::uint32_t>(now.number);
  cells_ = frame_code::encode(number_);
}

std::unique_ptr<Animation> with_frame_code(std::unique_ptr<Animation> animation) {
  return std::make_unique<CodedAnimation>(std::move(animation));
}

}  // namespace drmshow
