// Moving pictures on displays: framebuffers that take turns, page flips at vertical blanks, and the
// way back to what was there.
//
//   drmshow::KmsPresenter presenter{device};
//   for (;;) {
//     while (auto canvas = presenter.acquire()) {
//       … draw into canvas->line(y), for the time canvas->shows_at …
//       presenter.submit(*canvas);
//     }
//     presenter.wait();
//   }
//
// Everything happens in the one thread that calls it. No call allocates once the display is lit.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drm-show/device.hpp"
#include "drm-show/display.hpp"
#include "drm-show/export.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/presenter.hpp"

namespace drmshow {

class DRMSHOW_API KmsPresenter final : public Presenter {
 public:
  /// Becomes DRM master, chooses outputs and modes, and allocates framebuffers. The modes are set
  /// when each output has its first frame. `device` must outlive the presenter and stay where it
  /// is. Throws Error: as Display; usage for numbers of buffers that are not possible.
  explicit KmsPresenter(const Device& device, const DisplayOptions& display = {},
                        const PresentOptions& options = {});
  explicit KmsPresenter(Device&&, const DisplayOptions& = {}, const PresentOptions& = {}) = delete;
  /// restore()s.
  ~KmsPresenter() override;
  KmsPresenter(const KmsPresenter&) = delete;
  KmsPresenter& operator=(const KmsPresenter&) = delete;

  std::span<const Output> outputs() const override;
  std::span<const Stream> streams() const override;
  const FrameRing& ring(std::size_t stream) const override;
  ImageWay image_way(std::size_t stream) const override;

  // Those of Presenter throw, besides what they do with every presenter: mode_refused, device_lost;
  // all is restored then.
  using Presenter::acquire;
  std::optional<Canvas> acquire(std::size_t stream) override;
  using Presenter::submit;
  bool submit(const Canvas& canvas, Submission submission) override;
  bool discard(const Canvas& canvas) override;
  void wait(std::span<pollfd> others = {}, Time until = Time::max()) override;
  void rest() override;
  using Presenter::close;
  void close(std::size_t stream) override;
  using Presenter::finished;
  bool finished(std::size_t stream) const override;
  std::optional<Canvas> on_screen(std::size_t output) const override;
  OutputState state(std::size_t output) const override;
  OutputStats stats(std::size_t output) const override;
  /// Ends it. Brings back what was there, unless that is DisplayOptions::saved's to do.
  int restore() noexcept override;

  /// What to tell the user: outputs that stay dark, wishes that the driver cannot fulfil.
  std::span<const std::string> notes() const;
  Api api() const;
  /// As Display::describe() and test(), of the first commit.
  std::vector<std::string> describe() const;
  std::optional<Refusal> test() const;

  /// Lets go of the screen, as a switch of virtual terminals wants it: waits for flips that are
  /// pending (a tenth of a second at most), brings back what was there, and gives DRM master up.
  /// Frames that were not shown are cancelled; there is no use in drawing until resume().
  void suspend();
  /// Takes it back in whatever state it is now: the next frame of each output sets its mode. Throws
  /// Error: master_taken (still suspended then), device_lost if outputs are not there any more.
  void resume();
  /// The output goes dark: when this presenter has ended, another has taken over, and this output
  /// is not one of that one's. Returns 0 or an errno.
  int turn_off(std::size_t output) noexcept;
  /// The fence of the last commit, with OutFences::exported: it signals once that is on the screen.
  /// Empty if it was taken before, or the driver has none.
  UniqueFd take_out_fence(std::size_t output);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace drmshow
