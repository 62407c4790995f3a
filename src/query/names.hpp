// Words for the numbers of KMS, one spelling for all views and for JSON. They are the kernel's
// where it has any ("DP", "TMDS", "disconnected"). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/snapshot.hpp"
#include "kms/words.hpp"  // status_word()

namespace drmshow {

/// "DP", "HDMI-A"; "type-77" where we know no name.
std::string connector_type_name(std::uint32_t type);
/// "TMDS", "Virtual"; "type-77" where we know no name.
std::string encoder_type_name(std::uint32_t type);

std::string_view subpixel_word(Subpixel subpixel);
std::string_view plane_type_word(PlaneType type);
std::string_view property_kind_word(PropertyKind kind);

/// "preferred", "driver", "userdef", "default", "builtin"; bits without a name as "type-0x100".
std::vector<std::string> mode_type_words(const drm_mode_modeinfo& mode);
/// "+hsync", "-vsync", "interlaced", "doublescan", …; neither stereo layout nor aspect ratio, which
/// have words of their own; bits without a name as "flag-0x80000000".
std::vector<std::string> mode_flag_words(const drm_mode_modeinfo& mode);
/// "16:9"; empty for none; "aspect-9" where we know no name.
std::string picture_aspect_word(const drm_mode_modeinfo& mode);
/// "frame-packing"; empty for none; "stereo-9" where we know no name.
std::string stereo_layout_word(const drm_mode_modeinfo& mode);

/// "XRGB8888"; where libdrm knows no name the fourcc, "(XY12)".
std::string format_name(Format format);

}  // namespace drmshow
