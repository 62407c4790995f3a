// Frames, and who shows them: on displays (KmsPresenter), in a window, or nowhere. Whoever draws
// need not know which.
#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
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

/// How an output fares just now.
struct OutputState {
  bool lit = false;    ///< what is submitted comes onto it: its cable is in, and it is ours
  bool tears = false;  ///< only if that was asked for, and the driver does it
  /// The driver has no vertical blank to wait for: we keep the rate by the clock.
  bool paced_by_timer = false;
  /// How long a frame is on the screen, and how long drawing one takes: by experience.
  Nanoseconds period{};
  Nanoseconds draw_cost{};
  /// Of the newest frame on the screen: from its submit() until it was there.
  Nanoseconds latency{};
  FrameCounts counts;
  /// Vertical blanks that passed with nothing new although something was due.
  std::uint64_t missed = 0;
};

class DRMSHOW_API Presenter {
 public:
  Presenter() = default;
  virtual ~Presenter();
  Presenter(const Presenter&) = delete;
  Presenter& operator=(const Presenter&) = delete;

  virtual std::span<const Output> outputs() const = 0;
  virtual std::span<const Stream> streams() const = 0;
  /// The one that this output shows. Throws Error (usage) if there is no such output.
  std::size_t stream_of(std::size_t output) const;
  /// The ring of a stream, to look at: how many framebuffers it has, and what they are used for.
  virtual const FrameRing& ring(std::size_t stream) const = 0;
  /// What the framebuffers of a stream are made of: with ImageRung::copy, memory that the CPU
  /// draws into.
  virtual ImageWay image_way(std::size_t stream) const = 0;

  /// A framebuffer to draw the next frame of this stream into, or of any that waits for one;
  /// nothing if there is none now: wait() then. It holds what was drawn into it last. Throws Error
  /// if there is no memory for one.
  virtual std::optional<Canvas> acquire(std::size_t stream) = 0;
  std::optional<Canvas> acquire();
  /// The frame is drawn, or will be when its fence signals. Shows it at once if that is possible.
  /// False if this is no canvas that is being drawn, or the presenter has ended. Throws Error.
  virtual bool submit(const Canvas& canvas, Submission submission) = 0;
  bool submit(const Canvas& canvas) { return submit(canvas, Submission{}); }
  virtual bool discard(const Canvas& canvas) = 0;
  /// A canvas filled line by line, whatever its format. Not an image.
  void draw(const Canvas& canvas, const Picture& picture);
  template <std::invocable<int, std::span<Pixel>> DrawRow>
  void draw(const Canvas& canvas, const DrawRow& draw_row) {
    draw(canvas, DrawnPicture{canvas.size, draw_row});
  }

  /// Waits until a frame was shown, a framebuffer may be free, one of `others` is ready (see their
  /// revents) or it is `until`; does what is due meanwhile: commits, and looking after cables,
  /// fences and flips that do not come. At most 32 others. Throws Error: device_lost and others of
  /// submit().
  virtual void wait(std::span<pollfd> others = {}, Time until = Time::max()) = 0;
  /// Nothing will come for a while: blanks that pass until the next frame are not missed.
  virtual void rest() = 0;

  /// No more frames; those submitted are still shown: wait() until finished().
  virtual void close(std::size_t stream) = 0;
  void close();
  virtual bool finished(std::size_t stream) const = 0;
  bool finished() const;
  /// Ends it, and brings back what was there. Returns 0 or an errno; does nothing the second time.
  virtual int restore() noexcept = 0;

  /// The framebuffer that is on the screen, to look at: to read one may be slow. Nothing if there
  /// is none yet. It stays as it is until the next wait() or submit().
  virtual std::optional<Canvas> on_screen(std::size_t output) const = 0;
  virtual OutputState state(std::size_t output) const = 0;
  virtual OutputStats stats(std::size_t output) const = 0;

  // Parts of state().
  bool lit(std::size_t output) const { return state(output).lit; }
  bool tears(std::size_t output) const { return state(output).tears; }
  bool paced_by_timer(std::size_t output) const { return state(output).paced_by_timer; }
  Nanoseconds period(std::size_t output) const { return state(output).period; }
  FrameCounts counts(std::size_t output) const { return state(output).counts; }
};

}  // namespace drmshow
