#include "render/vulkan/picture_scene.hpp"

#include "render/vulkan/gpu_error.hpp"

namespace drmshow {

void PictureScene::WholeScreen::set(const Moment& now) {
  if (version_ > 0 && now == now_) return;
  animation_->set(now);
  Damage damage{animation_->size()};
  animation_->add_damage(now_, damage);
  if (version_ == 0 || !damage.places().empty()) ++version_;
  now_ = now;
}

PictureScene::PictureScene(const Gpu& gpu, vk::Format format, std::unique_ptr<Animation> animation)
    : screen_{std::move(animation)}, pass_{gpu, format} {
  pass_.add(screen_);
}

void PictureScene::record(const vk::raii::CommandBuffer& commands, const RenderTarget& target,
                          int job, const Moment& now) {
  pass_.record(commands, target, job, now);
}

}  // namespace drmshow
