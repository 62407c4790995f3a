// Connector properties that single drivers have. The source says which.
#include "query/explain/tables.hpp"

namespace drmshow::explain_tables {
namespace {

constexpr Explanation connector_driver_rows[] = {
    {.name = "audio",
     .kind = ExplainedKind::connector,
     .meaning = "Whether sound is sent along with the picture over HDMI or DisplayPort.",
     .values = "auto: if the display's EDID says that it can play it (i915: default)\noff: no "
               "sound\non: sound, whatever the EDID says\nforce-dvi: i915 and xe only; the display "
               "is treated as plain DVI, without sound and InfoFrames",
     .set_by = atomic_or_legacy,
     .source = "i915, xe: drivers/gpu/drm/i915/display/intel_connector.c; gma500: cdv_device.c; "
               "radeon, amdgpu without DC: radeon_display.c, amdgpu_display.c",
     .example = "drm-show --set HDMI-A-1:connector.audio=off"},
    {.name = "adaptive backlight modulation",
     .kind = ExplainedKind::connector,
     .meaning = "Saves power on a laptop panel: the backlight is dimmed and the picture brightened "
                "to make up for it. Colours become less exact.",
     .values = "sysfs: the sysfs file panel_power_savings decides (default)\noff: never\nmin, bias "
               "min, bias max, max: from the weakest to the strongest",
     .set_by = atomic_or_legacy,
     .source = "amdgpu: drivers/gpu/drm/amd/amdgpu/amdgpu_display.c, \"property for adaptive "
               "backlight modulation\"",
     .example = "drm-show --set \"eDP-1:connector.adaptive backlight modulation=off\""},
    {.name = "abm level",
     .kind = ExplainedKind::connector,
     .meaning = "Saves power on a laptop panel: the backlight is dimmed and the picture brightened "
                "to make up for it. Older kernels only; see \"adaptive backlight modulation\".",
     .values = "0: off, to 4: strongest.",
     .set_by = atomic_or_legacy,
     .source =
         "amdgpu: drivers/gpu/drm/amd/amdgpu/amdgpu_display.c of older kernels; not in Linux 7.2"},
    {.name = "underscan",
     .kind = ExplainedKind::connector,
     .meaning =
         "Makes the picture smaller than the screen, against televisions that cut off edges.",
     .values = "off: (default)\non: always\nauto: if the display is HDMI; radeon and amdgpu "
               "without DC: and the mode one of television; amdgpu with DC: the same as on",
     .notes = "The borders are \"underscan hborder\" and \"underscan vborder\".",
     .set_by = atomic_or_legacy,
     .source = "amdgpu, radeon, nouveau: amdgpu_display.c, radeon_display.c, nouveau_display.c",
     .example = "drm-show --set HDMI-A-1:connector.underscan=on"},
    {.name = "underscan hborder",
     .kind = ExplainedKind::connector,
     .meaning = "Width of the black borders left and right while \"underscan\" is in effect.",
     .values = "Pixels, 0 to 128; default 0. amdgpu with DC makes the picture narrower by that "
               "much in all; with radeon and nouveau it is the border on each side, and 0 leaves "
               "it to the driver.",
     .set_by = atomic_or_legacy,
     .source = "amdgpu, radeon, nouveau: amdgpu_dm.c, radeon_display.c, dispnv50/head.c"},
    {.name = "underscan vborder",
     .kind = ExplainedKind::connector,
     .meaning = "Height of the black borders above and below while \"underscan\" is in effect.",
     .values =
         "Pixels, 0 to 128; default 0. amdgpu with DC makes the picture lower by that much in all; "
         "with radeon and nouveau it is the border on each side, and 0 leaves it to the driver.",
     .set_by = atomic_or_legacy,
     .source = "amdgpu, radeon, nouveau: amdgpu_dm.c, radeon_display.c, dispnv50/head.c"},
    {.name = "dither",
     .kind = ExplainedKind::connector,
     .meaning = "Whether colours that the display cannot resolve are imitated by patterns of those "
                "that it can.",
     .values = "off\non",
     .set_by = "userspace, with a legacy property ioctl",
     .source = "radeon, amdgpu without DC: radeon_display.c, amdgpu_display.c"},
    {.name = "coherent",
     .kind = ExplainedKind::connector,
     .meaning = "Whether DVI and HDMI transmitters run in coherent mode, which decides about the "
                "clock that the cable carries. For displays that get no stable picture.",
     .values = "0: incoherent\n1: coherent (default)",
     .set_by = "userspace, with a legacy property ioctl",
     .source = "radeon, amdgpu without DC: radeon_connectors.c, amdgpu_connectors.c"},
    {.name = "load detection",
     .kind = ExplainedKind::connector,
     .meaning = "Whether an analogue output that reports no EDID is probed by its electrical load. "
                "That can flicker, and takes time.",
     .values = "0: no\n1: yes",
     .set_by = "userspace, with a legacy property ioctl",
     .source = "radeon, amdgpu without DC: radeon_connectors.c, amdgpu_connectors.c"},
    {.name = "tv standard",
     .kind = ExplainedKind::connector,
     .meaning = "The television standard of an analogue output.",
     .values = "ntsc, pal, pal-m, pal-60, ntsc-j, scart-pal, pal-cn, secam",
     .set_by = "userspace, with a legacy property ioctl",
     .source = "radeon: drivers/gpu/drm/radeon/radeon_display.c"},
    {.name = "tmds_pll",
     .kind = ExplainedKind::connector,
     .meaning = "Where the settings of the DVI clock generator come from, on Radeon cards before "
                "the R500 series.",
     .values = "driver: the driver's tables\nbios: the card's BIOS",
     .set_by = "userspace, with a legacy property ioctl",
     .source = "radeon: drivers/gpu/drm/radeon/radeon_display.c"},
    {.name = "output_csc",
     .kind = ExplainedKind::connector,
     .meaning = "The colour conversion at the end of the pipeline.",
     .values = "bypass: none\ntvrgb: RGB of limited range\nycbcr601: YCbCr of BT.601\nycbcr709: "
               "YCbCr of BT.709",
     .set_by = "userspace, with a legacy property ioctl",
     .source = "radeon: drivers/gpu/drm/radeon/radeon_display.c"},
    {.name = "dithering mode",
     .kind = ExplainedKind::connector,
     .meaning = "How colours that the display cannot resolve are imitated by those that it can.",
     .values = "auto: dithered if the framebuffer has more bits than the output "
               "(default)\noff\non: older cards\nstatic 2x2: a fixed pattern\ndynamic 2x2: a "
               "pattern that changes from frame to frame\ntemporal: newest cards",
     .set_by = atomic_or_legacy,
     .source = "nouveau: nouveau_display.c, dispnv50/head.c"},
    {.name = "dithering depth",
     .kind = ExplainedKind::connector,
     .meaning = "The number of bits per component that \"dithering mode\" dithers to.",
     .values = "auto: what the output has (default)\n6 bpc\n8 bpc",
     .set_by = atomic_or_legacy,
     .source = "nouveau: nouveau_display.c, dispnv50/head.c"},
    {.name = "vibrant hue",
     .kind = ExplainedKind::connector,
     .meaning = "Turns all hues.",
     .values = "0 to 180, meaning -90 to +90; default 90: unchanged.",
     .set_by = atomic_or_legacy,
     .source = "nouveau: nouveau_display.c, nouveau_connector.c"},
    {.name = "color vibrance",
     .kind = ExplainedKind::connector,
     .meaning = "Strength of colours.",
     .values = "0 to 200, meaning -100 to +100; default 150.",
     .set_by = atomic_or_legacy,
     .source = "nouveau: nouveau_display.c, nouveau_connector.c"},
    {.name = "hotplug_mode_update",
     .kind = ExplainedKind::connector,
     .meaning = "Marks the outputs of virtual machines whose preferred mode follows the size of a "
                "window on the host: on every hotplug event the list of modes is worth reading "
                "again, although the output stayed connected.",
     .values = "1: so it is; no other value is used.",
     .set_by = driver_only,
     .source = "vmwgfx, qxl: vmwgfx_kms.c, qxl_display.c"},
    {.name = "colorspace",
     .kind = ExplainedKind::connector,
     .meaning = "How HDMI pixels are encoded. Not to be mixed up with the standard \"Colorspace\".",
     .values = "rgb\nyuv422\nyuv444",
     .set_by = atomic_or_legacy,
     .source = "sti: drivers/gpu/drm/sti/sti_hdmi.c"},
    {.name = "backlight",
     .kind = ExplainedKind::connector,
     .meaning = "Brightness of a built-in panel's backlight.",
     .values = "0 to 100.",
     .set_by = "userspace, with a legacy property ioctl",
     .source = "gma500: drivers/gpu/drm/gma500/framebuffer.c"},
    {.name = "scale",
     .kind = ExplainedKind::connector,
     .meaning = "How much of the television picture is blanking around what is shown, on old cards "
                "with a CH7006 encoder.",
     .values =
         "0: more blanking, a smaller picture\n1: (default)\n2: less blanking, a larger picture",
     .set_by = "userspace, with a legacy property ioctl",
     .source = "nouveau: drivers/gpu/drm/nouveau/dispnv04/i2c/ch7006_drv.c"},
};

}  // namespace

constinit const std::span<const Explanation> connector_driver{connector_driver_rows};

}  // namespace drmshow::explain_tables
