// Who draws the frames of one stream into its framebuffers: the CPU, or a GPU.
#pragma once

#include <optional>

#include "drm-show/presenter.hpp"
#include "render/moment.hpp"
#include "show/gpu_account.hpp"
#include "show/screenshot.hpp"

namespace drmshow {

class HudPanel;

/// What a frame that was drawn has to wait for.
struct Drawn {
  RenderFence kind = RenderFence::none;
  UniqueFd fence{};
};

class Artist {
 public:
  virtual ~Artist() = default;

  /// The next to draw is frame `moment`, into `canvas`. In the display thread.
  virtual void set(const Canvas& canvas, const Moment& moment) = 0;
  /// Draws it, maybe in another thread: nothing else is called meanwhile.
  virtual Drawn draw() = 0;
  /// How long this may take is not known beforehand, and it may wait: the first frames are drawn in
  /// a thread, and all that it does not claim.
  virtual bool may_wait() const { return false; }
  /// Whether draw() could be called here and now without a wait for anybody: takes what that needs,
  /// and draw() has to follow if so. Throws GpuLost.
  virtual bool claim() { return true; }
  /// What is at work in the background is not wanted any more: it is about to end.
  virtual void give_up() {}
  /// To end it would not mean to wait. Not while draw() runs.
  virtual bool idle() const { return true; }
  /// Whether the last frame took longer than others will, because it was the first of something.
  virtual bool was_special() const = 0;

  /// The panel of --overlay; nullptr if there is none. Not while draw() runs.
  virtual HudPanel* hud() = 0;
  /// What is in a framebuffer into which `moment` was drawn before. Where may_wait(), this may wait
  /// as draw() may, and is called as that is.
  virtual RgbImage read(const Canvas& canvas, const Moment& moment) = 0;

  /// A descriptor that is readable when what this shows may have changed (a file); -1 if never.
  virtual int changes_fd() const { return -1; }
  /// Looks at that. True if frames look different from now on. Not while draw() runs.
  virtual bool take_changes() { return false; }
  /// What --stats has to say about who draws; nothing if it is the CPU. Even
  /// while draw() runs.
  virtual std::optional<GpuAccount> account() const { return std::nullopt; }
};

}  // namespace drmshow
