// Composes the frames of one stream: scene, panels, turning; for a display, or for the processor.
//
// From one thread at a time, and the one that submits to the timeline.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "drm-show/fd.hpp"
#include "drm-show/geometry.hpp"
#include "render/vulkan/jobs.hpp"
#include "render/vulkan/memory.hpp"
#include "render/vulkan/panel_pass.hpp"
#include "render/vulkan/scene.hpp"
#include "render/vulkan/turn_pass.hpp"

namespace drmshow {

/// A frame in memory that the processor can read fast, from the top down.
class FrameBytes {
 public:
  FrameBytes(Size size, std::span<const std::byte> bytes) : size_{size}, bytes_{bytes} {}
  Size size() const { return size_; }
  std::span<const std::byte> line(int y) const {
    const std::size_t length = bytes_.size() / static_cast<std::size_t>(size_.height);
    return bytes_.subspan(static_cast<std::size_t>(y) * length, length);
  }

 private:
  Size size_;
  std::span<const std::byte> bytes_;
};

class Renderer {
 public:
  /// `scene` is for targets of `format` and size_before_turning(size, quarter_turns). `size`: of
  /// the screen; `quarter_turns`: 0 to 3, clockwise. `timeline` must outlive it. Throws Error
  /// (gpu).
  Renderer(GpuTimeline& timeline, std::unique_ptr<Scene> scene, Size size, vk::Format format,
           int quarter_turns);

  const Gpu& gpu() const { return gpu_; }
  Scene& scene() { return *scene_; }
  const Scene& scene() const { return *scene_; }
  /// Before the first frame. `panel`, made for size_before_turning(), must live longer.
  void lay_over(Panel& panel);

  /// Has frame `now` drawn into an image for a display (in whatever layout, handed over in
  /// GENERAL), after the sync file `after` has signalled (empty: at once). Gives a sync file
  /// of when it is drawn; empty if it is drawn already. Allocates nothing but on the first frames.
  /// Throws Error (gpu), GpuLost.
  UniqueFd draw(const RenderTarget& target, const Moment& now, UniqueFd after = {});

  /// Has frame `now` drawn for the processor; gives the job for finish(), which has to be called
  /// before as many others are drawn as there are jobs.
  int draw(const Moment& now, UniqueFd after = {});
  /// Waits until that is done. The bytes, in the format of the targets, are there until the job is
  /// used again, jobs_in_flight draw()s later.
  FrameBytes finish(int job);

  /// Has frame `now` drawn, and nobody will look at it: to see how fast that is. It is done when a
  /// frame that is drawn later is.
  void draw_unseen(const Moment& now, UniqueFd after = {});

  /// The next draw() waits for no earlier frame. Throws GpuLost.
  bool ready() { return jobs_.ready(); }
  /// To end this would not mean to wait for frames. Not while it draws.
  bool idle() const { return jobs_.idle(); }

  /// How often the processor had to wait for the GPU. From any thread.
  std::uint64_t waits() const { return jobs_.waits(); }

 private:
  struct Readable {
    GpuImage image;
    GpuBuffer bytes;
  };

  void record(int job, const RenderTarget& target, const Moment& now);
  void record_scene(int job, const RenderTarget& target, const Moment& now);
  void record_copy(int job, const Readable& readable);
  Readable& readable(int job);
  Readable make_readable() const;

  const Gpu& gpu_;
  std::unique_ptr<Scene> scene_;
  Size size_;
  vk::Format format_;
  PanelPass panels_;
  std::optional<TurnPass> turn_;
  std::array<std::optional<Readable>, jobs_in_flight> readables_;  // made when they are needed
  Jobs jobs_;  // ends before everything that the GPU may be at work with
};

}  // namespace drmshow
