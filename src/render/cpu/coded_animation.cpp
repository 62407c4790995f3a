#include "render/cpu/coded_animation.hpp"

#include <utility>

#include "render/cpu/frame_code.hpp"

namespace drmshow {
namespace {

class CodedAnimation : public Animation {
 public:
  explicit CodedAnimation(std::unique_ptr<Animation> animation)
      : animation_{std::move(animation)}, strip_{frame_code::strip_on(animation_->size())} {}

  Size size() const override { return animation_->size(); }
  void set(const Moment& now) override;
  void draw(int y, int x, std::span<Pixel> row) const override;
  bool repeats(int y) const override {
    return animation_->repeats(y) && frame_code::repeats(strip_, y);
  }
  void add_damage(const Moment& before, Damage& damage) const override;

 private:
  std::unique_ptr<Animation> animation_;
  frame_code::Strip strip_;
  std::uint32_t number_ = 0;
  frame_code::Cells cells_ = frame_code::encode(0);
};

void CodedAnimation::set(const Moment& now) {
  animation_->set(now);
  number_ = static_cast<std::uint32_t>(now.number);
  cells_ = frame_code::encode(number_);
}

void CodedAnimation::draw(int y, int x, std::span<Pixel> row) const {
  animation_->draw(y, x, row);
  frame_code::draw(strip_, cells_, y, x, row);
}

void CodedAnimation::add_damage(const Moment& before, Damage& damage) const {
  animation_->add_damage(before, damage);
  if (static_cast<std::uint32_t>(before.number) != number_) damage.add(strip_.box);
}

}  // namespace

std::unique_ptr<Animation> with_frame_code(std::unique_ptr<Animation> animation) {
  return std::make_unique<CodedAnimation>(std::move(animation));
}

}  // namespace drmshow
