// CRTC properties.
#include "query/explain/tables.hpp"

namespace drmshow::explain_tables {
namespace {

constexpr Explanation crtc_rows[] = {
    {.name = "ACTIVE",
     .kind = ExplainedKind::crtc,
     .meaning = "Whether the CRTC sends a picture. Off means dark, but mode, planes, clocks and "
                "bandwidth stay reserved, so that switching on again must always succeed as long "
                "as nothing else has changed.",
     .values = "0: off\n1: on; needs a mode (MODE_ID), EINVAL otherwise",
     .notes = "To give everything back set MODE_ID to 0 as well. A commit that asks for an event "
              "or OUT_FENCE_PTR on a CRTC that is off and stays off is refused. Changing it needs "
              "DRM_MODE_ATOMIC_ALLOW_MODESET. The legacy DPMS property is mapped to it.",
     .set_by = atomic_only,
     .source = crtc_section},
    {.name = "MODE_ID",
     .kind = ExplainedKind::crtc,
     .meaning = "The display mode: resolution, timing and pixel clock.",
     .values = "A blob with one struct drm_mode_modeinfo (68 bytes), made with "
               "DRM_IOCTL_MODE_CREATEPROPBLOB; 0: no mode, the CRTC is disabled and gives back "
               "what it had reserved.",
     .notes = "EINVAL for another length or a mode that makes no sense. At least one connector has "
              "to name the CRTC in the same commit or before, and none may when it is 0. Changing "
              "the mode needs DRM_MODE_ATOMIC_ALLOW_MODESET. The blob may be destroyed after the "
              "commit: the kernel holds on to it.",
     .set_by = atomic_only,
     .source = crtc_section,
     .example = "drm-show --mode 1920x1080@60"},
    {.name = "OUT_FENCE_PTR",
     .kind = ExplainedKind::crtc,
     .meaning = "Where to put a fence that signals when this commit's framebuffers are on the "
                "screen: from then on the buffers of the commit before are free.",
     .values =
         "The address of a 32-bit signed integer in the caller's memory, as a 64-bit number; the "
         "kernel stores the descriptor of a sync file there, close-on-exec, to be closed by the "
         "caller. -1 is stored if the commit fails or only tests. 0: no fence. Always reads as 0.",
     .notes = "An invalid address fails the commit.",
     .set_by = atomic_only,
     .source = fencing_section,
     .since = "Linux 4.10"},
    {.name = "VRR_ENABLED",
     .kind = ExplainedKind::crtc,
     .meaning =
         "Says that what is shown suits variable refresh rate: the driver may then stretch the "
         "vertical front porch until the next page flip comes or the display's longest time is "
         "over. Suits games and films; frame times that jump can make a panel flicker.",
     .values = "0: fixed rate (default)\n1: variable, if the connector is vrr_capable; a hint "
               "otherwise without effect",
     .notes = "The mode's own refresh rate is the highest. Set it back to 0 when leaving.",
     .set_by = atomic_or_legacy,
     .source = vrr_section,
     .since = "Linux 5.0",
     .example = "drm-show --set crtc.VRR_ENABLED=1"},
    {.name = "DEGAMMA_LUT",
     .kind = ExplainedKind::crtc,
     .meaning = "First of the CRTC's three colour steps, after the planes have been blended: a "
                "table for each channel, meant to make values proportional to light. Then comes "
                "CTM, then GAMMA_LUT.",
     .values =
         "A blob: an array of struct drm_color_lut (8 bytes: red, green, blue, reserved), each 0 "
         "to 65535 for 0.0 to 1.0, evenly spaced over the input; 0: unchanged (default).",
     .notes = "At most DEGAMMA_LUT_SIZE entries; some drivers accept exactly that number only. "
              "Hardware may use fewer bits, and interpolate.",
     .set_by = atomic_or_legacy,
     .source = colour_section,
     .since = "Linux 4.6"},
    {.name = "DEGAMMA_LUT_SIZE",
     .kind = ExplainedKind::crtc,
     .meaning = "Number of entries of DEGAMMA_LUT.",
     .values = "Entries, 0 to 4294967295; the largest size if the hardware has several.",
     .set_by = driver_only,
     .source = colour_section,
     .since = "Linux 4.6"},
    {.name = "CTM",
     .kind = ExplainedKind::crtc,
     .meaning = "Colour transformation matrix: second of the CRTC's three colour steps, between "
                "DEGAMMA_LUT and GAMMA_LUT. For saturation, night colours or another gamut.",
     .values = "A blob, struct drm_color_ctm: exactly 72 bytes, nine 64-bit numbers, row by row; "
               "the first row makes red out of red, green and blue. 0: unchanged (default).",
     .notes = "The numbers are S31.32 sign-magnitude: bit 63 is the sign, the rest the amount "
              "times 2^32. They are not two's complement: -1.0 is 0x8000000100000000.",
     .set_by = atomic_or_legacy,
     .source = colour_section,
     .since = "Linux 4.6"},
    {.name = "GAMMA_LUT",
     .kind = ExplainedKind::crtc,
     .meaning =
         "Last of the CRTC's three colour steps: a table for each channel from the matrix' result "
         "to what is sent to the display. Night light and monitor calibration end up here. With "
         "indexed formats (C8) it is the palette. The legacy gamma ioctl writes it too.",
     .values =
         "A blob: an array of struct drm_color_lut (8 bytes: red, green, blue, reserved), each 0 "
         "to 65535 for 0.0 to 1.0, evenly spaced over the input; 0: unchanged (default).",
     .notes = "At most GAMMA_LUT_SIZE entries; some drivers accept exactly that number only. It "
              "stays when its program ends: a new program that wants true colours sets it to 0.",
     .set_by = atomic_or_legacy,
     .source = colour_section,
     .since = "Linux 4.6",
     .example = "drm-show --set crtc.GAMMA_LUT=0"},
    {.name = "GAMMA_LUT_SIZE",
     .kind = ExplainedKind::crtc,
     .meaning = "Number of entries of GAMMA_LUT.",
     .values = "Entries, 0 to 4294967295; the largest size if the hardware has several. The legacy "
               "gamma ioctl can have another size.",
     .set_by = driver_only,
     .source = colour_section,
     .since = "Linux 4.6"},
    {.name = "SCALING_FILTER",
     .kind = ExplainedKind::crtc,
     .meaning = "How the CRTC's scaler computes pixels when the mode is scaled to the panel.",
     .values = "Default: as the driver likes, smooth as a rule (default)\nNearest Neighbor: pixels "
               "become sharp blocks; for whole factors",
     .set_by = atomic_or_legacy,
     .source = crtc_section,
     .since = "Linux 5.11"},
    {.name = "SHARPNESS_STRENGTH",
     .kind = ExplainedKind::crtc,
     .meaning = "Sharpens the finished picture, after all planes have been blended.",
     .values = "0: off (default)\n1: least, to 255: most",
     .notes = "A change needs no mode set.",
     .set_by = atomic_or_legacy,
     .source = crtc_section,
     .example = "drm-show --set crtc.SHARPNESS_STRENGTH=64"},
    {.name = "BACKGROUND_COLOR",
     .kind = ExplainedKind::crtc,
     .meaning = "The colour behind all planes: seen where no plane is, and through planes that are "
                "transparent. It goes through the CRTC's colour steps as planes do.",
     .values = "64 bits as in DRM_FORMAT_ARGB16161616: alpha in bits 63 to 48, then red, green, "
               "blue, each 0 to 65535. Default: opaque black, 0xffff000000000000; that is also "
               "what drivers without the property show. Alpha need not reach the display.",
     .set_by = atomic_or_legacy,
     .source = composition_section,
     .example = "drm-show --set crtc.BACKGROUND_COLOR=0xffff00000000ffff"},
    {.name = "AMD_CRTC_REGAMMA_TF",
     .kind = ExplainedKind::crtc,
     .meaning = "The transfer function that amdgpu applies after blending, from linear light to "
                "what is sent. Only in kernels built with AMD_PRIVATE_COLOR, and discouraged.",
     .values = "Default, Identity, sRGB inv_EOTF, BT.709 OETF, PQ inv_EOTF, Gamma 2.2 inv_EOTF, "
               "Gamma 2.4 inv_EOTF, Gamma 2.6 inv_EOTF",
     .set_by = atomic_or_legacy,
     .source = "amdgpu: drivers/gpu/drm/amd/display/amdgpu_dm/amdgpu_dm_color.c"},
};

}  // namespace

constinit const std::span<const Explanation> crtc{crtc_rows};

}  // namespace drmshow::explain_tables
