// Moving pictures on displays: framebuffers that take turns, page flips at vertical blanks, and the
// way back to what was there.
//
//   drmshow::Presenter presenter{device};
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

#include <chrono>
#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <poll.h>

#include "drm-show/device.hpp"
#include "drm-show/display.hpp"
#include "drm-show/dumb_buffer.hpp"
#include "drm-show/export.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/frame_ring.hpp"
#include "drm-show/frame_stats.hpp"
#include "drm-show/picture.hpp"
#include "drm-show/present_event.hpp"
#include "drm-show/scanout_image.hpp"
#include "drm-show/time.hpp"

namespace drmshow {

enum class PresentMode : std::uint8_t {
  fifo,     ///< every frame is shown, in order
  mailbox,  ///< the newest finished frame is shown; drawn and committed as late as is safe
  async,    ///< at once, in the middle of the picture: it tears. Synchronous where it is refused
};

enum class DrawPace : std::uint8_t {
  when_needed,  ///< a frame for each vertical blank; in mailbox mode as late as is safe
  always,       ///< whenever a framebuffer is free: mailbox then supersedes
};

enum class Sharing : std::uint8_t {
  separate,  ///< each output has framebuffers of its own, and goes at its own rate
  mirrored,  ///< outputs with modes of the same size show the same frames
};

enum class RefreshRate : std::uint8_t {
  fixed,
  variable,  ///< VRR: the display follows the frames, where connector and monitor can
};

enum class OutFences : std::uint8_t { none, exported };

struct PresentOptions {
  PresentMode mode = PresentMode::fifo;
  /// Framebuffers for each output, 2 to 8; mirrored ones take one more than there are outputs.
  int buffers = 3;
  DrawPace pace = DrawPace::when_needed;
  Sharing sharing = Sharing::separate;
  RefreshRate refresh = RefreshRate::fixed;
  OutFences out_fences = OutFences::none;
  /// How long a render fence may take before its frame is given up.
  std::chrono::milliseconds fence_timeout{1000};
  /// Told each step; outlives the presenter.
  PresentObserver* observer = nullptr;
  /// Makes the framebuffers' memory, where the display driver takes it; outlives the presenter.
  /// Dumb buffers without it.
  ImageSource* images = nullptr;
};

/// A framebuffer that is ours to draw into, from acquire() until submit() or discard().
struct Canvas {
  Frame frame;
  std::size_t stream = 0;
  Size size;
  Format format;
  Time shows_at;                     ///< when it will be on the screen, as far as can be foreseen
  const Mapping* mapping = nullptr;  ///< nullptr for an image
  ScanoutImage* image = nullptr;     ///< what PresentOptions::images has made; or nullptr

  /// Line `y`, at least size.width pixels. Write only, in order: see Mapping. Not of an image.
  std::span<std::byte> line(int y) const { return mapping->line(y); }
};

/// What submit() is to wait for, and when the frame is to be shown.
struct Submission {
  Time due = Time::min();  ///< not before the vertical blank nearest to it
  RenderFence kind = RenderFence::none;
  UniqueFd fence{};  ///< the sync file that signals when it is drawn; none for RenderFence::none
};

/// Outputs that show the same framebuffers: one each, unless they are mirrored.
struct Stream {
  std::vector<std::size_t> outputs;  ///< indices of Presenter::outputs()
};

class DRMSHOW_API Presenter {
 public:
  /// Becomes DRM master, chooses outputs and modes, and allocates framebuffers. The modes are set
  /// when each output has its first frame. `device` must outlive the Presenter and stay where it
  /// is. Throws Error: as Display; usage for numbers of buffers that are not possible.
  explicit Presenter(const Device& device, const DisplayOptions& display = {},
                     const PresentOptions& options = {});
  explicit Presenter(Device&&, const DisplayOptions& = {}, const PresentOptions& = {}) = delete;
  /// restore()s.
  ~Presenter();
  Presenter(Presenter&&) noexcept;
  Presenter& operator=(Presenter&&) = delete;

  std::span<const Output> outputs() const;
  std::span<const Stream> streams() const;
  /// The one that this output shows.
  std::size_t stream_of(std::size_t output) const;
  /// The ring of a stream, to look at: how many framebuffers it has, and what they are used for.
  const FrameRing& ring(std::size_t stream) const;
  /// What to tell the user: outputs that stay dark, wishes that the driver cannot fulfil.
  std::span<const std::string> notes() const;
  Api api() const;
  /// As Display::describe() and test(), of the first commit.
  std::vector<std::string> describe() const;
  std::optional<Refusal> test() const;

  /// What the framebuffers of a stream are made of: ImageRung::copy are dumb buffers.
  ImageWay image_way(std::size_t stream) const;

  /// A framebuffer to draw the next frame of this stream into, or of any that waits for one;
  /// nothing if there is none now: wait() then. It holds what was drawn into it last. Throws Error
  /// if there is no memory for one; all is restored then.
  std::optional<Canvas> acquire(std::size_t stream);
  std::optional<Canvas> acquire();
  /// The frame is drawn, or will be when its fence signals. Shows it at once if that is possible.
  /// False if this is no canvas that is being drawn, or the presenter has ended. Throws Error:
  /// mode_refused, device_lost; all is restored then.
  bool submit(const Canvas& canvas, Submission submission);
  bool submit(const Canvas& canvas) { return submit(canvas, Submission{}); }
  bool discard(const Canvas& canvas);
  /// A canvas filled line by line, whatever its format. Not an image.
  void draw(const Canvas& canvas, const Picture& picture);
  template <std::invocable<int, std::span<Pixel>> DrawRow>
  void draw(const Canvas& canvas, const DrawRow& draw_row) {
    draw(canvas, DrawnPicture{canvas.size, draw_row});
  }

  /// Waits until a frame was shown, a framebuffer may be free, one of `others` is ready (see their
  /// revents) or it is `until`; does what is due meanwhile: commits, and looking after cables,
  /// fences and flips that do not come. At most 32 others. Throws Error: device_lost and others of
  /// submit(); all is restored then.
  void wait(std::span<pollfd> others = {}, Time until = Time::max());

  /// Nothing will come for a while: blanks that pass until the next frame are not missed.
  void rest();

  /// Lets go of the screen, as a switch of virtual terminals wants it: waits for flips that are
  /// pending (a tenth of a second at most), brings back what was there, and gives DRM master up.
  /// Frames that were not shown are cancelled; there is no use in drawing until resume().
  void suspend();
  /// Takes it back in whatever state it is now: the next frame of each output sets its mode. Throws
  /// Error: master_taken (still suspended then), device_lost if outputs are not there any more.
  void resume();

  /// No more frames; those submitted are still shown: wait() until finished().
  void close();
  void close(std::size_t stream);
  bool finished() const;
  bool finished(std::size_t stream) const;
  /// Ends it. Brings back what was there, unless that is DisplayOptions::saved's to do. Returns 0
  /// or an errno; does nothing the second time.
  int restore() noexcept;

  /// The framebuffer that is on the screen, to look at: to read one may be slow. Nothing if there
  /// is none yet. It stays as it is until the next wait() or submit().
  std::optional<Canvas> on_screen(std::size_t output) const;
  /// The output goes dark: when this presenter has ended, another has taken over, and this output
  /// is not one of that one's. Returns 0 or an errno.
  int turn_off(std::size_t output) noexcept;
  /// Its cable is in, and the display is ours.
  bool lit(std::size_t output) const;
  /// Whether its frames tear: only if that was asked for, and the driver does it.
  bool tears(std::size_t output) const;
  /// The driver has no vertical blank to wait for: we keep the rate by the clock.
  bool paced_by_timer(std::size_t output) const;
  /// How long a frame is on the screen, and how long drawing one takes: by experience.
  Nanoseconds period(std::size_t output) const;
  Nanoseconds draw_cost(std::size_t output) const;
  FrameCounts counts(std::size_t output) const;
  /// Of the newest frame on the screen: from its submit() until it was there.
  Nanoseconds latency(std::size_t output) const;
  /// Vertical blanks that passed with nothing new although something was due.
  std::uint64_t missed(std::size_t output) const;
  OutputStats stats(std::size_t output) const;
  /// The fence of the last commit, with OutFences::exported: it signals once that is on the screen.
  /// Empty if it was taken before, or the driver has none.
  UniqueFd take_out_fence(std::size_t output);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace drmshow
