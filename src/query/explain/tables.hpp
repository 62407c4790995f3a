// The parts of the table behind explain.hpp, and what many of its rows have in common.
//
// Facts are from the sources of Linux 7.2: each row's `source` says where. Where the kernel's
// documentation and its code differ, the code counts.
#pragma once

#include <span>

#include "query/explain/explain.hpp"

namespace drmshow::explain_tables {

extern const std::span<const Explanation> connector;
extern const std::span<const Explanation> connector_content;  ///< colour, HDMI, protection
extern const std::span<const Explanation> connector_tv;
extern const std::span<const Explanation> connector_driver;  ///< of single drivers
extern const std::span<const Explanation> crtc;
extern const std::span<const Explanation> plane;
extern const std::span<const Explanation> plane_driver;
extern const std::span<const Explanation> colorop;
extern const std::span<const Explanation> capability;

// set_by. A property with DRM_MODE_PROP_ATOMIC is hidden from clients without
// DRM_CLIENT_CAP_ATOMIC; others can also be set through the legacy property ioctls, which the
// kernel turns into an atomic commit where the driver is atomic.
inline constexpr std::string_view driver_only = "the driver; immutable for userspace";
inline constexpr std::string_view atomic_only = "userspace, with an atomic commit";
inline constexpr std::string_view atomic_or_legacy =
    "userspace, with an atomic commit or a legacy property ioctl";

// Sections of the kernel's documentation.
inline constexpr std::string_view standard_connector_section =
    "Documentation/gpu/drm-kms.rst, \"Standard Connector Properties\"";
inline constexpr std::string_view hdmi_section =
    "Documentation/gpu/drm-kms.rst, \"HDMI Specific Connector Properties\"";
inline constexpr std::string_view writeback_section =
    "Documentation/gpu/drm-kms.rst, \"Writeback Connectors\"";
inline constexpr std::string_view crtc_section =
    "Documentation/gpu/drm-kms.rst, \"Standard CRTC Properties\"";
inline constexpr std::string_view plane_section =
    "Documentation/gpu/drm-kms.rst, \"Standard Plane Properties\"";
inline constexpr std::string_view composition_section =
    "Documentation/gpu/drm-kms.rst, \"Plane Composition Properties\"";
inline constexpr std::string_view colour_section =
    "Documentation/gpu/drm-kms.rst, \"Color Management Properties\"";
inline constexpr std::string_view fencing_section =
    "Documentation/gpu/drm-kms.rst, \"Explicit Fencing Properties\"";
inline constexpr std::string_view vrr_section =
    "Documentation/gpu/drm-kms.rst, \"Variable Refresh Properties\"";
inline constexpr std::string_view hotspot_section =
    "Documentation/gpu/drm-kms.rst, \"Cursor Hotspot Properties\"";
inline constexpr std::string_view colorop_section =
    "Documentation/gpu/drm-kms.rst, \"Colorop Abstraction\"";
inline constexpr std::string_view uapi_header = "include/uapi/drm/drm.h";

}  // namespace drmshow::explain_tables
