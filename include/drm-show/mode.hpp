// A display mode: the timings that a CRTC sends to a connector (struct drm_mode_modeinfo,
// drm_mode.h). A value: it stays valid when the connector it came from is gone.
#pragma once

#include <cstdint>
#include <string>

#include <drm_mode.h>

#include "drm-show/export.hpp"
#include "drm-show/geometry.hpp"

namespace drmshow {

/// Frames (for interlaced modes: fields) a second. Kept in millionths of a hertz, so that what is
/// shown was rounded once.
class Refresh {
 public:
  constexpr Refresh() = default;
  static constexpr Refresh from_microhertz(std::int64_t uhz) { return Refresh{uhz}; }

  constexpr std::int64_t microhertz() const { return uhz_; }
  constexpr std::int64_t millihertz() const { return (uhz_ + 500) / 1'000; }
  /// Rounded to hundredths of a hertz: the precision in which rates are shown and compared.
  constexpr std::int64_t centihertz() const { return (uhz_ + 5'000) / 10'000; }
  friend constexpr auto operator<=>(Refresh, Refresh) = default;

 private:
  constexpr explicit Refresh(std::int64_t uhz) : uhz_{uhz} {}
  std::int64_t uhz_ = 0;
};

class DRMSHOW_API Mode {
 public:
  Mode() = default;
  explicit Mode(const drm_mode_modeinfo& raw) : raw_{raw} {}
  /// Of what is shown without a CRTC, a window for instance: a size and a rate, no timings. At most
  /// 65535 pixels a side.
  static Mode made_up(Size size, Refresh refresh);

  Size size() const { return {raw_.hdisplay, raw_.vdisplay}; }
  /// Computed from clock and totals: the kernel's integer `vrefresh` cannot say 59.94. 0 when the
  /// driver left the totals 0.
  Refresh refresh() const;
  bool preferred() const { return (raw_.type & DRM_MODE_TYPE_PREFERRED) != 0; }
  bool interlaced() const { return (raw_.flags & DRM_MODE_FLAG_INTERLACE) != 0; }
  /// The driver's name for it ("1920x1080", "1920x1080i").
  std::string name() const;
  const drm_mode_modeinfo& raw() const { return raw_; }

 private:
  drm_mode_modeinfo raw_{};
};

/// The same timings, whatever they are called and whoever they come from.
DRMSHOW_API bool same_timings(const Mode& a, const Mode& b);

/// "60.00 Hz"
DRMSHOW_API std::string to_string(Refresh);
/// "1920x1080 @ 59.94 Hz", with an i after the size when interlaced.
DRMSHOW_API std::string to_string(const Mode&);

}  // namespace drmshow
