#include "show/gpu_artist.hpp"

#include <utility>

#include "render/vulkan/pixel_format.hpp"
#include "show/messages.hpp"
#include "vulkan/canvas_drawing.hpp"

namespace drmshow {
GpuArtist::GpuArtist(Work work)
    : timeline_{work.timeline},
      one_at_a_time_{work.one_at_a_time},
      file_{work.file},
      rung_{work.rung},
      hud_{std::move(work.hud)},
      renderer_{work.timeline, std::move(work.scene), work.size,
                find_pixel_format(work.format)->vulkan, work.quarter_turns} {
  if (hud_) renderer_.lay_over(*hud_);
}

void GpuArtist::set(const Canvas& canvas, const Moment& moment) {
  canvas_ = canvas;
  moment_ = moment;
  held_[canvas.frame.slot] = moment;
}

Drawn GpuArtist::draw() {
  const std::lock_guard lock{one_at_a_time_};
  ++drawn_;
  Submission submission = draw_into(canvas_, renderer_, moment_);
  return {submission.kind, std::move(submission.fence)};
}

RgbImage GpuArtist::read(const Canvas& canvas) {
  const std::lock_guard lock{one_at_a_time_};
  const FrameBytes frame = renderer_.finish(renderer_.draw(held_[canvas.frame.slot]));
  return copy_pixels(canvas.size, canvas.format, [&](int y) { return frame.line(y); });
}

bool GpuArtist::take_changes() {
  const std::lock_guard lock{one_at_a_time_};
  const bool changed = renderer_.scene().refresh();
  const auto trouble = file_ ? file_->take_trouble() : std::nullopt;
  if (trouble) say_note(*trouble);
  return changed;
}

std::optional<GpuAccount> GpuArtist::account() const {
  const GpuTraits& gpu = timeline_.gpu().traits();
  return GpuAccount{gpu.name, gpu.software, rung_, gpu.exports_fences, renderer_.waits()};
}

}  // namespace drmshow
