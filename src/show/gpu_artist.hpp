// A GPU draws the frames of one stream.
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <optional>

#include "render/cpu/hud.hpp"
#include "render/vulkan/renderer.hpp"
#include "render/vulkan/shader_file.hpp"
#include "show/artist.hpp"

namespace drmshow {

class GpuArtist : public Artist {
 public:
  /// What draws, and for what.
  struct Work {
    GpuTimeline& timeline;
    std::mutex& one_at_a_time;  ///< of all that use the timeline
    std::unique_ptr<Scene> scene;
    ShaderFileScene* file;  ///< the scene, if it is one that may be edited; else nullptr
    Size size;              ///< of the screen
    Format format;          ///< of the framebuffers
    ImageRung rung;
    int quarter_turns;
    std::unique_ptr<HudPanel> hud;  ///< nullptr without one
  };
  explicit GpuArtist(Work work);

  /// A canvas without an image and without memory is for nobody: to see how fast it is drawn.
  void set(const Canvas& canvas, const Moment& moment) override;
  Drawn draw() override;
  bool may_wait() const override { return true; }
  bool was_special() const override { return drawn_ <= frames_to_warm_up; }
  HudPanel* hud() override { return hud_.get(); }
  /// Draws the frame once more: a moment has one picture only.
  RgbImage read(const Canvas& canvas) override;
  int changes_fd() const override { return renderer_.scene().fd(); }
  bool take_changes() override;
  std::optional<GpuAccount> account() const override;

 private:
  // The first ones make what later ones use again: pipelines, images, staging memory.
  static constexpr std::uint64_t frames_to_warm_up = 4;

  GpuTimeline& timeline_;
  std::mutex& one_at_a_time_;
  ShaderFileScene* file_;
  ImageRung rung_;
  std::unique_ptr<HudPanel> hud_;
  Renderer renderer_;
  Canvas canvas_;                                     // set by set()
  Moment moment_;                                     // likewise
  std::array<Moment, FrameRing::most_slots> held_{};  // by the framebuffers
  std::uint64_t drawn_ = 0;
};

}  // namespace drmshow
