// A GPU draws the frames of one stream. Some drivers let nobody make or end anything while they
// draw (lavapipe): what is drawn with is made where frames are drawn.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>

#include "render/cpu/hud.hpp"
#include "render/vulkan/renderer.hpp"
#include "render/vulkan/shader_file.hpp"
#include "show/artist.hpp"
#include "show/gpu_scenes.hpp"

namespace drmshow {

class GpuArtist : public Artist {
 public:
  /// What draws, and for what.
  struct Work {
    GpuTimeline& timeline;
    std::mutex& one_at_a_time;  ///< of all that use the timeline
    MadeScene scene;
    Size size;      ///< of the screen
    Format format;  ///< of the framebuffers
    ImageRung rung;
    int quarter_turns;
    std::unique_ptr<HudPanel> hud;  ///< nullptr without one
  };
  explicit GpuArtist(Work work);

  /// A canvas without an image and without memory is for nobody: to see how fast it is drawn.
  void set(const Canvas& canvas, const Moment& moment) override;
  Drawn draw() override;
  bool may_wait() const override { return true; }
  bool claim() override;
  void give_up() override;
  bool idle() const override;
  bool was_special() const override { return drawn_ <= frames_to_warm_up; }
  HudPanel* hud() override { return hud_.get(); }
  /// Draws the moment once more.
  RgbImage read(const Canvas& canvas, const Moment& moment) override;
  int changes_fd() const override { return file_ ? file_->fd() : -1; }
  bool take_changes() override;
  std::optional<GpuAccount> account() const override;

 private:
  // The first ones make what later ones use again: pipelines, images, staging memory.
  static constexpr std::uint64_t frames_to_warm_up = 4;

  bool returns_at_once() const;
  Renderer& renderer();

  GpuTimeline& timeline_;
  std::mutex& one_at_a_time_;
  std::unique_lock<std::mutex> claimed_;  // of that; from claim() until draw()
  ShaderFileScene* file_;
  ImageRung rung_;
  std::unique_ptr<HudPanel> hud_;
  Size size_;
  vk::Format format_;
  int quarter_turns_;
  MadeScene scene_;                   // until it is the renderer's
  std::optional<Renderer> renderer_;  // made where the first frame is drawn
  std::atomic<bool> made_{false};     // that is there
  Canvas canvas_;                     // set by set()
  Moment moment_;                     // likewise
  std::uint64_t drawn_ = 0;           // since what it shows was made, or changed
};

}  // namespace drmshow
