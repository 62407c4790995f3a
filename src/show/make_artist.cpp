#include "show/make_artist.hpp"

#include <utility>

#include "render/cpu/hud.hpp"
#include "render/cpu/turned.hpp"
#include "show/cpu_artist.hpp"
#include "show/hud_text.hpp"

namespace drmshow {
namespace {

std::unique_ptr<Artist> make_cpu_artist(const Options& options, const Spot& spot, Format format) {
  auto animation = make_animation_for(options, spot);
  Hud* hud = nullptr;
  if (options.overlay == OverlayPolicy::with) {
    auto with_hud = std::make_unique<Hud>(std::move(animation), HudText::lines);
    hud = with_hud.get();
    animation = std::move(with_hud);
  }
  // Whoever turns the screen wants to read label and panel, too.
  animation = turned(std::move(animation), options.quarter_turns);
  return std::make_unique<CpuArtist>(std::move(animation), hud, format);
}

}  // namespace

std::unique_ptr<Artist> make_artist(const Options& options, const Spot& spot, Format format,
                                    ImageRung rung, GpuStudio* gpu) {
  return gpu ? gpu->make_artist(options, spot, format, rung)
             : make_cpu_artist(options, spot, format);
}

}  // namespace drmshow
