#include "drm-show/mode.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

#include <fmt/format.h>

namespace drmshow {
namespace {

auto timings(const drm_mode_modeinfo& mode) {
  return std::tuple{mode.clock,     mode.hdisplay, mode.hsync_start, mode.hsync_end,
                    mode.htotal,    mode.hskew,    mode.vdisplay,    mode.vsync_start,
                    mode.vsync_end, mode.vtotal,   mode.vscan,       mode.flags};
}

}  // namespace

// As drm_mode_vrefresh() in the kernel, but not rounded to whole hertz: two fields make a frame of
// an interlaced mode, a doublescan mode sends each line twice, and vscan each line vscan times.
Refresh Mode::refresh() const {
  std::int64_t lines = raw_.vtotal;
  if (raw_.flags & DRM_MODE_FLAG_DBLSCAN) lines *= 2;
  if (raw_.vscan > 1) lines *= raw_.vscan;
  const std::int64_t pixels = lines * raw_.htotal;
  if (pixels == 0) return Refresh{};
  // clock: kHz, 32 bits wide: no overflow.
  std::int64_t pixels_per_megasecond = std::int64_t{raw_.clock} * 1'000'000'000;
  if (interlaced()) pixels_per_megasecond *= 2;
  return Refresh::from_microhertz((pixels_per_megasecond + pixels / 2) / pixels);
}

// No blanking: lines of as many pixels as are seen.
Mode Mode::made_up(Size size, Refresh refresh) {
  drm_mode_modeinfo raw{};
  raw.hdisplay = raw.htotal = static_cast<std::uint16_t>(size.width);
  raw.vdisplay = raw.vtotal = static_cast<std::uint16_t>(size.height);
  const std::int64_t pixels = std::int64_t{size.width} * size.height;
  raw.clock = static_cast<std::uint32_t>((pixels * refresh.millihertz() + 500'000) / 1'000'000);
  const std::string name = fmt::format("{}x{}", size.width, size.height);
  std::memcpy(raw.name, name.data(), std::min(name.size(), sizeof raw.name - 1));
  return Mode{raw};
}

std::string Mode::name() const {
  return {raw_.name, strnlen(raw_.name, sizeof raw_.name)};
}

bool same_timings(const Mode& a, const Mode& b) {
  return timings(a.raw()) == timings(b.raw());
}

std::string to_string(Refresh refresh) {
  return fmt::format("{}.{:02} Hz", refresh.centihertz() / 100, refresh.centihertz() % 100);
}

std::string to_string(const Mode& mode) {
  return fmt::format("{}x{}{} @ {}", mode.size().width, mode.size().height,
                     mode.interlaced() ? "i" : "", to_string(mode.refresh()));
}

}  // namespace drmshow
