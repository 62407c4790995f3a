// What the processor draws, in a frame of the GPU's: patterns and pictures with --render vulkan.
#pragma once

#include <memory>

#include "render/cpu/animation.hpp"
#include "render/cpu/panel.hpp"
#include "render/vulkan/panel_pass.hpp"
#include "render/vulkan/scene.hpp"

namespace drmshow {

class PictureScene : public Scene {
 public:
  /// Throws Error (gpu).
  PictureScene(const Gpu& gpu, vk::Format format, std::unique_ptr<Animation> animation);

  void record(const vk::raii::CommandBuffer& commands, const RenderTarget& target, int job,
              const Moment& now) override;

 private:
  /// The animation as a panel that covers the screen.
  class WholeScreen : public Panel {
   public:
    explicit WholeScreen(std::unique_ptr<Animation> animation) : animation_{std::move(animation)} {}
    Rect box() const override { return {{0, 0}, animation_->size()}; }
    void set(const Moment& now) override;
    std::uint64_t version() const override { return version_; }
    void lay(int y, int x, std::span<Pixel> row) const override { animation_->draw(y, x, row); }

   private:
    std::unique_ptr<Animation> animation_;
    Moment now_;
    std::uint64_t version_ = 0;  // counts changes of what is drawn
  };

  WholeScreen screen_;
  PanelPass pass_;
};

}  // namespace drmshow
