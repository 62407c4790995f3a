// Devices that the views are tried on.
#pragma once

#include "kms/report.hpp"

namespace drmshow::test {

/// A laptop: eDP-1 and DP-1 lit, HDMI-A-1 unplugged, a writeback connector, VRR, colour pipelines.
Report laptop();
/// Its display is lit but asleep, and its link bad.
Report asleep();
/// 64 planes on 4 CRTCs, 40 formats, IN_FORMATS_ASYNC on two of the planes.
Report many_planes();
Report render_only();
/// A device whose node may not be opened.
Report sysfs_only();
/// Everything that a broken or wicked driver might tell.
Report hostile();

}  // namespace drmshow::test
