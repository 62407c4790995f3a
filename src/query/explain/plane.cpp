// Plane properties of the kernel's core.
#include "query/explain/tables.hpp"

namespace drmshow::explain_tables {
namespace {

constexpr Explanation plane_rows[] = {
    {.name = "type",
     .kind = ExplainedKind::plane,
     .meaning = "What the plane is best used for. For atomic clients a hint only: what a plane can "
                "really do, a test commit tells.",
     .values = "Overlay: any other (0)\nPrimary: the main picture (1); covering the whole CRTC, "
               "neither cropped nor scaled, it is most likely to be accepted. Every CRTC has "
               "one.\nCursor: a small picture above all (2); best with the size in SIZE_HINTS, or "
               "that of CURSOR_WIDTH and CURSOR_HEIGHT, neither cropped nor scaled.",
     .notes = "Do not drive a primary or cursor plane both through atomic commits and through the "
              "legacy ioctls that use it behind the scenes (SETCRTC, PAGE_FLIP, CURSOR).",
     .set_by = driver_only,
     .source = plane_section,
     .since = "Linux 3.15"},
    {.name = "FB_ID",
     .kind = ExplainedKind::plane,
     .meaning = "The framebuffer that the plane shows. Setting another one is a page flip. "
                "Programs that draw into what is on the screen set the same one again to say that "
                "it has changed: displays that keep a copy do not notice otherwise.",
     .values = "The object id of a framebuffer; 0: none, the plane is off.",
     .notes = "FB_ID and CRTC_ID have to be both set or both 0, EINVAL otherwise. Format and "
              "modifier have to be among those of IN_FORMATS.",
     .set_by = atomic_only,
     .source = composition_section},
    {.name = "CRTC_ID",
     .kind = ExplainedKind::plane,
     .meaning = "The CRTC whose picture this plane is a part of.",
     .values = "The object id of a CRTC; 0: none, the plane is off.",
     .notes = "It has to be one of the plane's possible_crtcs. FB_ID and CRTC_ID have to be both "
              "set or both 0. A plane cannot go from one CRTC to another within one commit "
              "(EINVAL): switch it off in a commit before.",
     .set_by = atomic_only,
     .source = composition_section},
    {.name = "SRC_X",
     .kind = ExplainedKind::plane,
     .meaning = "Left edge of the part of the framebuffer that is shown.",
     .values = "Framebuffer pixels in unsigned 16.16 fixed point: the pixel number times 65536; 0 "
               "to 4294967295.",
     .notes = "The part has to lie within the framebuffer: ENOSPC otherwise. Many drivers want "
              "whole pixels, or even ones for YCbCr. It is measured before rotation.",
     .set_by = atomic_only,
     .source = composition_section},
    {.name = "SRC_Y",
     .kind = ExplainedKind::plane,
     .meaning = "Top edge of the part of the framebuffer that is shown.",
     .values = "Framebuffer pixels in unsigned 16.16 fixed point: the pixel number times 65536; 0 "
               "to 4294967295. See SRC_X.",
     .set_by = atomic_only,
     .source = composition_section},
    {.name = "SRC_W",
     .kind = ExplainedKind::plane,
     .meaning = "Width of the part of the framebuffer that is shown. If it differs from CRTC_W the "
                "plane scales (with rotation by 90 or 270 degrees: from CRTC_H).",
     .values =
         "Framebuffer pixels in unsigned 16.16 fixed point: 1920 is 125829120; 0 to 4294967295.",
     .notes = "A plain 1920 is a common mistake: it means 0.03 pixels. SRC_X + SRC_W beyond the "
              "framebuffer: ENOSPC. Scaling that the hardware cannot do is refused, often with "
              "ERANGE or EINVAL.",
     .set_by = atomic_only,
     .source = composition_section},
    {.name = "SRC_H",
     .kind = ExplainedKind::plane,
     .meaning = "Height of the part of the framebuffer that is shown. If it differs from CRTC_H "
                "the plane scales (with rotation by 90 or 270 degrees: from CRTC_W).",
     .values = "Framebuffer pixels in unsigned 16.16 fixed point: 1080 is 70778880; 0 to "
               "4294967295. See SRC_W.",
     .set_by = atomic_only,
     .source = composition_section},
    {.name = "CRTC_X",
     .kind = ExplainedKind::plane,
     .meaning = "Left edge of the plane's picture on the screen.",
     .values = "Whole pixels from the left edge of the CRTC's visible area, signed, 32 bits; may "
               "be negative, what lies outside is cut off.",
     .notes = "CRTC_X + CRTC_W beyond 2147483647: ERANGE.",
     .set_by = atomic_only,
     .source = composition_section,
     .example = "drm-show --set plane.CRTC_X=100"},
    {.name = "CRTC_Y",
     .kind = ExplainedKind::plane,
     .meaning = "Top edge of the plane's picture on the screen.",
     .values = "Whole pixels from the top edge of the CRTC's visible area, signed, 32 bits; may be "
               "negative, what lies outside is cut off.",
     .notes = "CRTC_Y + CRTC_H beyond 2147483647: ERANGE.",
     .set_by = atomic_only,
     .source = composition_section},
    {.name = "CRTC_W",
     .kind = ExplainedKind::plane,
     .meaning = "Width of the plane's picture on the screen.",
     .values = "Whole pixels, 0 to 2147483647; no fixed point, unlike SRC_W. May reach beyond the "
               "visible area; some drivers refuse that, above all for primary planes.",
     .set_by = atomic_only,
     .source = composition_section},
    {.name = "CRTC_H",
     .kind = ExplainedKind::plane,
     .meaning = "Height of the plane's picture on the screen.",
     .values = "Whole pixels, 0 to 2147483647; no fixed point, unlike SRC_H. May reach beyond the "
               "visible area; some drivers refuse that, above all for primary planes.",
     .set_by = atomic_only,
     .source = composition_section},
    {.name = "IN_FENCE_FD",
     .kind = ExplainedKind::plane,
     .meaning = "A fence that has to signal before the framebuffer is shown: the kernel waits, not "
                "the program. It holds for one commit.",
     .values = "The descriptor of a sync file; -1: none. Always reads as -1.",
     .notes = "The kernel does not close the descriptor: the program has to. A test commit only "
              "checks that it is a sync file. Setting it twice in one commit: EINVAL. A fence that "
              "never signals blocks the CRTC, and all commits after it fail with EBUSY or wait.",
     .set_by = atomic_only,
     .source = fencing_section,
     .since = "Linux 4.10"},
    {.name = "IN_FORMATS",
     .kind = ExplainedKind::plane,
     .meaning = "Which pixel formats the plane can show with which modifiers (memory layouts such "
                "as tiling or compression).",
     .values = "A blob, struct drm_format_modifier_blob: a list of formats, and a list of "
               "modifiers, each with a 64-bit mask that says which formats it goes with, counted "
               "from the mask's offset.",
     .notes = "No such property: the driver knows no modifiers, use framebuffers without.",
     .set_by = driver_only,
     .source = plane_section,
     .since = "Linux 4.14"},
    {.name = "IN_FORMATS_ASYNC",
     .kind = ExplainedKind::plane,
     .meaning = "Which pixel formats and modifiers the plane can show by asynchronous flips "
                "(DRM_MODE_PAGE_FLIP_ASYNC: at once, with tearing). Often fewer than IN_FORMATS.",
     .values = "A blob as in IN_FORMATS.",
     .notes = "No such property: only trying tells.",
     .set_by = driver_only,
     .source = plane_section,
     .since = "Linux 6.16"},
    {.name = "FB_DAMAGE_CLIPS",
     .kind = ExplainedKind::plane,
     .meaning = "The parts of the framebuffer that changed since the plane's last update. Saves "
                "work where pictures are copied or sent: virtual machines, USB, panels with self "
                "refresh. It holds for one commit.",
     .values = "A blob: an array of struct drm_mode_rect, four signed 32-bit numbers x1, y1, x2, "
               "y2 in whole framebuffer pixels (no fixed point); x2 and y2 are the first that are "
               "not part of it. 0: everything (default).",
     .notes = "Empty or negative rectangles: EINVAL. They should not overlap. The whole "
              "framebuffer has to be valid nevertheless: drivers may read more than was named.",
     .set_by = atomic_only,
     .source = "Documentation/gpu/drm-kms.rst, \"Damage Tracking Properties\"",
     .since = "Linux 5.0"},
    {.name = "SIZE_HINTS",
     .kind = ExplainedKind::plane,
     .meaning = "Sizes that are known to work for a cursor or another small unscaled picture. Only "
                "there if the plane takes few sizes.",
     .values = "A blob: an array of struct drm_plane_size_hint, width and height in pixels of 16 "
               "bits each, best first. Take the first that is large enough. 0: nothing is said, "
               "use CURSOR_WIDTH and CURSOR_HEIGHT.",
     .set_by = driver_only,
     .source = plane_section},
    {.name = "rotation",
     .kind = ExplainedKind::plane,
     .meaning = "Turns and mirrors the picture between framebuffer and screen. The mirroring comes "
                "first, along the framebuffer's own axes, then the rotation, then scaling.",
     .values = "One of rotate-0, rotate-90, rotate-180, rotate-270, counterclockwise (bits 0 to "
               "3), and none, one or both of\nreflect-x: left and right swapped (bit "
               "4)\nreflect-y: top and bottom swapped (bit 5)",
     .notes = "Without exactly one rotate bit: EINVAL; reflect-x alone is not enough. With 90 and "
              "270 CRTC_W belongs to SRC_H and CRTC_H to SRC_W. Drivers offer a part of these, "
              "often for some formats and modifiers only. Default: rotate-0 as a rule.",
     .set_by = atomic_or_legacy,
     .source = composition_section,
     .example = "drm-show --set \"plane.rotation=rotate-0|reflect-x\""},
    {.name = "alpha",
     .kind = ExplainedKind::plane,
     .meaning = "Opacity of the whole plane, on top of the alpha of its pixels.",
     .values = "0: invisible, to 65535: opaque (default).",
     .notes = "Pixels must not have been multiplied by it beforehand.",
     .set_by = atomic_or_legacy,
     .source = composition_section,
     .since = "Linux 4.18",
     .example = "drm-show --set plane.alpha=32768"},
    {.name = "pixel blend mode",
     .kind = ExplainedKind::plane,
     .meaning = "How the plane's pixels and what lies below become one picture. Without effect for "
                "formats that have no alpha.",
     .values = "Pre-multiplied: colours were multiplied by the pixel's alpha beforehand (default, "
               "always offered): out = alpha * fg + (1 - alpha * a) * bg\nCoverage: they were not: "
               "out = alpha * a * fg + (1 - alpha * a) * bg\nNone: the pixel's alpha is ignored: "
               "out = alpha * fg + (1 - alpha) * bg",
     .notes = "fg and a are the pixel's colour and alpha, bg what lies below, alpha the plane's "
              "property of that name (1.0 if there is none). Bright fringes around soft edges: the "
              "picture is not pre-multiplied, but shown as if it were.",
     .set_by = atomic_or_legacy,
     .source = composition_section,
     .since = "Linux 4.20",
     .example = "drm-show --set \"plane.pixel blend mode=None\""},
    {.name = "zpos",
     .kind = ExplainedKind::plane,
     .meaning = "The order of overlapping planes: greater is nearer to the viewer.",
     .values = "A range that each driver chooses, often from 0 to the number of planes less one; "
               "immutable with a single value where the hardware fixes the order.",
     .notes = "Planes of equal zpos: the order is undefined. Without the property the cursor is "
              "above the primary plane, and nothing else is known.",
     .set_by = "userspace, with an atomic commit or a legacy property ioctl; the driver where it "
               "is immutable",
     .source = composition_section},
    {.name = "SCALING_FILTER",
     .kind = ExplainedKind::plane,
     .meaning = "How the plane computes pixels when it scales.",
     .values = "Default: as the driver likes, smooth as a rule (default)\nNearest Neighbor: pixels "
               "become sharp blocks; for whole factors",
     .set_by = atomic_or_legacy,
     .source = composition_section,
     .since = "Linux 5.11",
     .example = "drm-show --set \"plane.SCALING_FILTER=Nearest Neighbor\""},
    {.name = "COLOR_ENCODING",
     .kind = ExplainedKind::plane,
     .meaning =
         "The matrix by which YCbCr framebuffers become RGB. Without effect on RGB framebuffers.",
     .values = "ITU-R BT.601 YCbCr: standard definition, JPEG\nITU-R BT.709 YCbCr: high "
               "definition\nITU-R BT.2020 YCbCr: ultra high definition, HDR",
     .notes = "Drivers offer a part of these and choose the default. Skin tones and greens "
              "slightly off: the wrong one. Hidden from clients with PLANE_COLOR_PIPELINE.",
     .set_by = atomic_or_legacy,
     .source = colour_section,
     .since = "Linux 4.17"},
    {.name = "COLOR_RANGE",
     .kind = ExplainedKind::plane,
     .meaning = "The range of numbers in YCbCr framebuffers. Without effect on RGB framebuffers.",
     .values = "YCbCr limited range: 16 to 235 (Y) and 16 to 240 (Cb, Cr) at 8 bits, as most "
               "videos have it\nYCbCr full range: 0 to 255, as JPEG has it",
     .notes = "Drivers choose the default. Grey instead of black: limited video taken as full. "
              "Hidden from clients with PLANE_COLOR_PIPELINE.",
     .set_by = atomic_or_legacy,
     .source = colour_section,
     .since = "Linux 4.17"},
    {.name = "COLOR_PIPELINE",
     .kind = ExplainedKind::plane,
     .meaning =
         "The chain of colour operations that the plane's pixels go through before blending.",
     .values = "Bypass: none (0, default)\nothers: the object id of the chain's first colour "
               "operation; the rest follows by NEXT",
     .notes = "Only shown to clients with PLANE_COLOR_PIPELINE, which then do without "
              "COLOR_ENCODING and COLOR_RANGE.",
     .set_by = atomic_only,
     .source = colorop_section,
     .since = "Linux 6.19"},
    {.name = "HOTSPOT_X",
     .kind = ExplainedKind::plane,
     .meaning =
         "The point of a mouse pointer's picture that does the clicking: from its left edge. "
         "Virtual machines need it, since the host draws the pointer where its own mouse is.",
     .values = "Pixels, signed, 32 bits; positive is to the right; default 0.",
     .notes = "Only on cursor planes of virtual devices (qxl, virtio-gpu, vmwgfx, vboxvideo), and "
              "these planes are only shown to atomic clients with CURSOR_PLANE_HOTSPOT.",
     .set_by = atomic_or_legacy,
     .source = hotspot_section},
    {.name = "HOTSPOT_Y",
     .kind = ExplainedKind::plane,
     .meaning = "The point of a mouse pointer's picture that does the clicking: from its top edge. "
                "See HOTSPOT_X.",
     .values = "Pixels, signed, 32 bits; positive is down; default 0.",
     .set_by = atomic_or_legacy,
     .source = hotspot_section},
};

}  // namespace

constinit const std::span<const Explanation> plane{plane_rows};

}  // namespace drmshow::explain_tables
