// Connector properties of television outputs: those of the kernel's core, and those that SDVO
// encoders (i915, gma500) add. The kernel documents few of them; what brightness 50 looks like is
// the encoder's affair.
#include "query/explain/tables.hpp"

namespace drmshow::explain_tables {
namespace {

constexpr std::string_view tv_section =
    "Documentation/gpu/drm-kms.rst, \"Analog TV Specific Connector Properties\"";
constexpr std::string_view tv_creator =
    "drivers/gpu/drm/drm_connector.c, drm_mode_create_tv_properties_legacy()";
constexpr std::string_view sdvo =
    "drivers/gpu/drm/i915/display/intel_sdvo.c (i915), psb_intel_sdvo.c (gma500)";

constexpr Explanation connector_tv_rows[] = {
    {.name = "TV mode",
     .kind = ExplainedKind::connector,
     .meaning =
         "The television standard of an analogue output: number of lines and colour encoding.",
     .values = "NTSC: 525 lines, NTSC colour\nNTSC-443: the same with the colour subcarrier at "
               "4.43 MHz\nNTSC-J: Japan's, black at the blanking level\nPAL: 625 lines, PAL "
               "colour\nPAL-M: 525 lines, PAL colour\nPAL-N: 625 lines, PAL colour with the "
               "subcarrier at 3.58 MHz, narrower channels\nSECAM: 625 lines, SECAM colour\nMono: "
               "no colour, no pedestal; 525 or 625 lines, after the mode",
     .notes = "Drivers offer a part of these. The mode has to fit: 480 lines to the standards of "
              "525, 576 to those of 625.",
     .set_by = atomic_or_legacy,
     .source = tv_section,
     .since = "Linux 6.3"},
    {.name = "mode",
     .kind = ExplainedKind::connector,
     .meaning =
         "The television standard of an analogue output; deprecated, \"TV mode\" has replaced it.",
     .values = "An enumeration that every driver names differently, such as NTSC, NTSC_M, PAL, "
               "PAL-60, SECAM_L.",
     .set_by = atomic_or_legacy,
     .source = tv_creator},
    {.name = "left margin",
     .kind = ExplainedKind::connector,
     .meaning = "Black border at the left edge of the picture, against televisions that cut off "
                "edges. The picture is scaled into what the four margins leave. It may be passed "
                "on to the display, in the AVI InfoFrame for example.",
     .values = "Pixels, 0 to 100; default 0.",
     .set_by = atomic_or_legacy,
     .source = standard_connector_section,
     .example = "drm-show --set \"HDMI-A-1:connector.left margin=30\""},
    {.name = "right margin",
     .kind = ExplainedKind::connector,
     .meaning = "Black border at the right edge of the picture; see \"left margin\".",
     .values = "Pixels, 0 to 100; default 0.",
     .set_by = atomic_or_legacy,
     .source = standard_connector_section},
    {.name = "top margin",
     .kind = ExplainedKind::connector,
     .meaning = "Black border at the top edge of the picture; see \"left margin\".",
     .values = "Pixels, 0 to 100; default 0.",
     .set_by = atomic_or_legacy,
     .source = standard_connector_section},
    {.name = "bottom margin",
     .kind = ExplainedKind::connector,
     .meaning = "Black border at the bottom edge of the picture; see \"left margin\".",
     .values = "Pixels, 0 to 100; default 0.",
     .set_by = atomic_or_legacy,
     .source = standard_connector_section},
    {.name = "brightness",
     .kind = ExplainedKind::connector,
     .meaning = "Brightness that the encoder of a television output (or of an SDVO panel) applies.",
     .values = "0 to 100; with SDVO encoders from 0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = tv_creator},
    {.name = "contrast",
     .kind = ExplainedKind::connector,
     .meaning = "Contrast that the encoder of a television output applies.",
     .values = "0 to 100; with SDVO encoders from 0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = tv_creator},
    {.name = "saturation",
     .kind = ExplainedKind::connector,
     .meaning = "Colour saturation that the encoder of a television output applies.",
     .values = "0 to 100; with SDVO encoders from 0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = tv_creator},
    {.name = "hue",
     .kind = ExplainedKind::connector,
     .meaning = "Hue (tint) that the encoder of a television output applies.",
     .values = "0 to 100; with SDVO encoders from 0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = tv_creator},
    {.name = "flicker reduction",
     .kind = ExplainedKind::connector,
     .meaning = "How strongly a television output smooths from line to line, against the flicker "
                "of thin horizontal lines in interlaced pictures.",
     .values = "0 to 100.",
     .set_by = atomic_or_legacy,
     .source = tv_creator},
    {.name = "overscan",
     .kind = ExplainedKind::connector,
     .meaning =
         "How far a television output enlarges the picture beyond the visible edges of the screen.",
     .values = "0 to 100.",
     .set_by = atomic_or_legacy,
     .source = tv_creator},
    {.name = "left_margin",
     .kind = ExplainedKind::connector,
     .meaning = "Left margin that an SDVO television encoder keeps. Left and right follow each "
                "other, since the encoder knows a single horizontal overscan; the greater the "
                "margin, the less overscan.",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "right_margin",
     .kind = ExplainedKind::connector,
     .meaning =
         "Right margin that an SDVO television encoder keeps; always equal to \"left_margin\".",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "top_margin",
     .kind = ExplainedKind::connector,
     .meaning = "Top margin that an SDVO television encoder keeps. Top and bottom follow each "
                "other, since the encoder knows a single vertical overscan; the greater the "
                "margin, the less overscan.",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "bottom_margin",
     .kind = ExplainedKind::connector,
     .meaning =
         "Bottom margin that an SDVO television encoder keeps; always equal to \"top_margin\".",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "hpos",
     .kind = ExplainedKind::connector,
     .meaning = "Horizontal position of the picture of an SDVO television encoder.",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "vpos",
     .kind = ExplainedKind::connector,
     .meaning = "Vertical position of the picture of an SDVO television encoder.",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "sharpness",
     .kind = ExplainedKind::connector,
     .meaning = "Sharpness that an SDVO television encoder applies.",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "flicker_filter",
     .kind = ExplainedKind::connector,
     .meaning = "Strength of the flicker filter of an SDVO television encoder.",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "flicker_filter_adaptive",
     .kind = ExplainedKind::connector,
     .meaning = "Strength of the adaptive flicker filter of an SDVO television encoder.",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "flicker_filter_2d",
     .kind = ExplainedKind::connector,
     .meaning = "Strength of the two-dimensional flicker filter of an SDVO television encoder.",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "tv_chroma_filter",
     .kind = ExplainedKind::connector,
     .meaning = "Strength of the colour filter of an SDVO television encoder.",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "tv_luma_filter",
     .kind = ExplainedKind::connector,
     .meaning = "Strength of the luminance filter of an SDVO television encoder.",
     .values = "0 to a maximum that the encoder reports.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
    {.name = "dot_crawl",
     .kind = ExplainedKind::connector,
     .meaning = "The dot crawl setting of an SDVO television encoder: crawling dots at colour "
                "edges of composite signals.",
     .values = "0 or 1.",
     .set_by = atomic_or_legacy,
     .source = sdvo},
};

}  // namespace

constinit const std::span<const Explanation> connector_tv{connector_tv_rows};

}  // namespace drmshow::explain_tables
