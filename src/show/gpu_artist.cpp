#include "show/gpu_artist.hpp"

#include <utility>

#include "render/vulkan/gpu_error.hpp"
#include "render/vulkan/pixel_format.hpp"
#include "show/messages.hpp"
#include "vulkan/canvas_drawing.hpp"

namespace drmshow {
GpuArtist::GpuArtist(Work work)
    : timeline_{work.timeline},
      one_at_a_time_{work.one_at_a_time},
      file_{work.scene.file},
      rung_{work.rung},
      hud_{std::move(work.hud)},
      size_{work.size},
      format_{find_pixel_format(work.format)->vulkan},
      quarter_turns_{work.quarter_turns},
      scene_{std::move(work.scene)} {}

Renderer& GpuArtist::renderer() {
  if (made_) return *renderer_;
  gpu_call("cannot prepare what is to be drawn", [this] {
    if (!scene_.scene) scene_.scene = scene_.make();
    renderer_.emplace(timeline_, std::move(scene_.scene), size_, format_, quarter_turns_);
    if (hud_) renderer_->lay_over(*hud_);
  });
  made_ = true;
  return *renderer_;
}

void GpuArtist::give_up() {
  if (file_) file_->give_up();
}

bool GpuArtist::idle() const {
  return (!made_ || renderer_->idle()) && (!file_ || file_->idle());
}

void GpuArtist::set(const Canvas& canvas, const Moment& moment) {
  canvas_ = canvas;
  moment_ = moment;
}

// The driver of a GPU takes commands and returns. One that draws with the processor does that
// first, with some of its versions, and so it may never come back; and what is copied has to be
// drawn before.
bool GpuArtist::returns_at_once() const {
  const GpuTraits& gpu = timeline_.gpu().traits();
  return !gpu.software && gpu.exports_fences && rung_ != ImageRung::copy;
}

bool GpuArtist::claim() {
  if (!returns_at_once()) return false;
  std::unique_lock lock{one_at_a_time_, std::try_to_lock};
  if (!lock || !made_ || !renderer_->ready()) return false;
  claimed_ = std::move(lock);
  return true;
}

Drawn GpuArtist::draw() {
  auto lock = std::exchange(claimed_, {});
  if (!lock) lock = std::unique_lock{one_at_a_time_};
  ++drawn_;
  Submission submission = draw_into(canvas_, renderer(), moment_);
  return {submission.kind, std::move(submission.fence)};
}

RgbImage GpuArtist::read(const Canvas& canvas, const Moment& moment) {
  const std::lock_guard lock{one_at_a_time_};
  const FrameBytes frame = renderer().finish(renderer().draw(moment));
  return copy_pixels(canvas.size, canvas.format, [&](int y) { return frame.line(y); });
}

// Nothing is submitted here, and so nobody who draws has to be waited for.
bool GpuArtist::take_changes() {
  if (!file_) return false;
  const bool changed = file_->refresh();
  if (changed) drawn_ = 0;
  const auto trouble = file_->take_trouble();
  if (trouble) say_note(*trouble);
  return changed;
}

std::optional<GpuAccount> GpuArtist::account() const {
  const GpuTraits& gpu = timeline_.gpu().traits();
  return GpuAccount{gpu.name, gpu.software, rung_, gpu.exports_fences,
                    made_ ? renderer_->waits() : 0};
}

}  // namespace drmshow
