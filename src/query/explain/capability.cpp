// DRM_CAP_* (what the device can do) and DRM_CLIENT_CAP_* (what a program says that it
// understands).
#include "query/explain/tables.hpp"

namespace drmshow::explain_tables {
namespace {

constexpr auto cap = ExplainedKind::capability;
constexpr auto client = ExplainedKind::client_capability;

constexpr std::string_view by_driver = "the driver; read with DRM_IOCTL_GET_CAP";
constexpr std::string_view by_kernel = "the kernel, for every driver; read with DRM_IOCTL_GET_CAP";
constexpr std::string_view by_client =
    "userspace, with DRM_IOCTL_SET_CLIENT_CAP, for one open file";

constexpr Explanation capability_rows[] = {
    {.name = "DUMB_BUFFER",
     .kind = cap,
     .meaning = "There are dumb buffers: memory that the CPU draws into and any display controller "
                "of the device can show (DRM_IOCTL_MODE_CREATE_DUMB).",
     .values = "0 or 1.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "VBLANK_HIGH_CRTC",
     .kind = cap,
     .meaning = "DRM_IOCTL_WAIT_VBLANK takes CRTCs beyond the second: their index goes into the "
                "high bits of the request's type.",
     .values = "1, since Linux 2.6.39.",
     .set_by = by_kernel,
     .source = uapi_header,
     .since = "Linux 2.6.39"},
    {.name = "DUMB_PREFERRED_DEPTH",
     .kind = cap,
     .meaning = "The colour depth that suits dumb buffers best.",
     .values = "Bits of colour in a pixel, without padding: 24 for XRGB8888, 16 for RGB565; 0: "
               "nothing is said.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "DUMB_PREFER_SHADOW",
     .kind = cap,
     .meaning = "Dumb buffers are slow to read: draw elsewhere and copy finished lines into them, "
                "in ascending order, without ever reading back.",
     .values = "0 or 1. About dumb buffers only.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "PRIME",
     .kind = cap,
     .meaning = "Buffers can be shared with other devices and programs as dma-buf descriptors.",
     .values = "1: import (DRM_IOCTL_PRIME_FD_TO_HANDLE)\n2: export "
               "(DRM_IOCTL_PRIME_HANDLE_TO_FD)\n3: both, always so since Linux 6.6",
     .notes = "That the ioctls are there does not mean that every foreign buffer can be used.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "TIMESTAMP_MONOTONIC",
     .kind = cap,
     .meaning = "The clock of the times in vblank and flip events.",
     .values = "0: CLOCK_REALTIME\n1: CLOCK_MONOTONIC; always so since Linux 4.15",
     .set_by = by_kernel,
     .source = uapi_header},
    {.name = "ASYNC_PAGE_FLIP",
     .kind = cap,
     .meaning = "The legacy page flip can be asynchronous: DRM_MODE_PAGE_FLIP_ASYNC shows the new "
                "picture at once, with tearing.",
     .values = "0 or 1. For atomic commits see ATOMIC_ASYNC_PAGE_FLIP.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "CURSOR_WIDTH",
     .kind = cap,
     .meaning =
         "The width of a cursor that works. Together with CURSOR_HEIGHT one size, not a range.",
     .values = "Pixels; 64 if the driver says nothing. With some drivers (i915) the greatest size. "
               "A plane's SIZE_HINTS says more.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "CURSOR_HEIGHT",
     .kind = cap,
     .meaning = "The height of a cursor that works; see CURSOR_WIDTH.",
     .values = "Pixels; 64 if the driver says nothing.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "ADDFB2_MODIFIERS",
     .kind = cap,
     .meaning = "Framebuffers can be made with explicit modifiers (DRM_IOCTL_MODE_ADDFB2 with "
                "DRM_MODE_FB_MODIFIERS).",
     .values = "0: leave modifiers out\n1: take one that IN_FORMATS of the plane lists",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "PAGE_FLIP_TARGET",
     .kind = cap,
     .meaning = "The legacy page flip can be told at which vblank to happen "
                "(DRM_MODE_PAGE_FLIP_TARGET_ABSOLUTE and _RELATIVE).",
     .values = "0 or 1; 1 only if all CRTCs can do it.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "CRTC_IN_VBLANK_EVENT",
     .kind = cap,
     .meaning = "Vblank and flip events name their CRTC (crtc_id).",
     .values = "1, since Linux 4.12.",
     .set_by = by_kernel,
     .source = uapi_header,
     .since = "Linux 4.12"},
    {.name = "SYNCOBJ",
     .kind = cap,
     .meaning = "There are synchronization objects: handles that hold a fence and can be given "
                "another one.",
     .values = "0 or 1.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "SYNCOBJ_TIMELINE",
     .kind = cap,
     .meaning = "Synchronization objects can hold a timeline: fences in numbered order.",
     .values = "0 or 1.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "ATOMIC_ASYNC_PAGE_FLIP",
     .kind = cap,
     .meaning =
         "Atomic commits can flip asynchronously (DRM_MODE_PAGE_FLIP_ASYNC): at once, with "
         "tearing. Such a commit may change little more than FB_ID of planes that can do it.",
     .values = "0 or 1.",
     .set_by = by_driver,
     .source = uapi_header},
    {.name = "STEREO_3D",
     .kind = client,
     .meaning = "The program understands stereo modes; the kernel leaves them out of mode lists "
                "otherwise.",
     .values = "0 (default) or 1.",
     .set_by = by_client,
     .source = uapi_header,
     .since = "Linux 3.13"},
    {.name = "UNIVERSAL_PLANES",
     .kind = client,
     .meaning =
         "The program understands planes of all types; the kernel lists overlays only otherwise.",
     .values = "0 (default) or 1. ATOMIC switches it on too.",
     .set_by = by_client,
     .source = uapi_header,
     .since = "Linux 3.15; always there since 3.17"},
    {.name = "ATOMIC",
     .kind = client,
     .meaning =
         "The program uses atomic mode setting: the kernel shows it the properties for that, and "
         "accepts its atomic commits. Switches UNIVERSAL_PLANES and ASPECT_RATIO on too.",
     .values = "0 (default) or 1. EOPNOTSUPP: the driver has no atomic mode setting, or the "
               "process name starts with X, to keep broken X servers away from it.",
     .set_by = by_client,
     .source = uapi_header,
     .since = "Linux 4.0; always there for atomic drivers since 4.2"},
    {.name = "ASPECT_RATIO",
     .kind = client,
     .meaning = "The program understands modes with a picture aspect ratio in their flags "
                "(DRM_MODE_FLAG_PIC_AR_*).",
     .values = "0 (default) or 1. ATOMIC switches it on too.",
     .set_by = by_client,
     .source = uapi_header,
     .since = "Linux 4.18"},
    {.name = "WRITEBACK_CONNECTORS",
     .kind = client,
     .meaning = "The program knows that there are connectors that write into memory instead of "
                "showing; the kernel hides them otherwise, lest they be taken for displays.",
     .values = "0 (default) or 1. EINVAL without ATOMIC before.",
     .set_by = by_client,
     .source = uapi_header,
     .since = "Linux 4.19"},
    {.name = "CURSOR_PLANE_HOTSPOT",
     .kind = client,
     .meaning =
         "The program treats the cursor plane of virtual devices as a mouse pointer and sets "
         "HOTSPOT_X and HOTSPOT_Y; the kernel hides those planes from atomic clients otherwise.",
     .values = "0 (default) or 1. EINVAL without ATOMIC before; EOPNOTSUPP: an ordinary device, "
               "the cursor plane needs no special care.",
     .set_by = by_client,
     .source = uapi_header},
    {.name = "PLANE_COLOR_PIPELINE",
     .kind = client,
     .meaning = "The program uses COLOR_PIPELINE and colour operations; COLOR_ENCODING and "
                "COLOR_RANGE are hidden from it then.",
     .values = "0 (default) or 1. EINVAL without ATOMIC before; EOPNOTSUPP: no plane has a colour "
               "pipeline.",
     .set_by = by_client,
     .source = uapi_header,
     .since = "Linux 6.19"},
};

}  // namespace

constinit const std::span<const Explanation> capability{capability_rows};

}  // namespace drmshow::explain_tables
