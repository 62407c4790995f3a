// Connector properties of the kernel's core that are about what is sent: colour, HDMI's hints,
// content protection.
#include "query/explain/tables.hpp"

namespace drmshow::explain_tables {
namespace {

constexpr Explanation connector_content_rows[] = {
    {.name = "Colorspace",
     .kind = ExplainedKind::connector,
     .meaning = "The colorimetry of the pixels that the program produces, which the driver tells "
                "the display in an InfoFrame (HDMI) or SDP (DisplayPort). It converts nothing: "
                "pixels that are not of this colour space look wrong.",
     .values = "Default: the driver decides (default)\nBT2020_RGB, "
               "BT2020_YCC: BT.2020 primaries, full range RGB from the program; the driver itself "
               "chooses RGB or YCbCr on the cable, so the two are equivalent\nSMPTE_170M_YCC, "
               "BT709_YCC, BT601_YCC, XVYCC_601, XVYCC_709, SYCC_601, opYCC_601, opRGB, "
               "BT2020_CYCC, DCI-P3_RGB_D65, DCI-P3_RGB_Theater, RGB_WIDE_FIXED, RGB_WIDE_FLOAT: "
               "listed for historical reasons, behaviour undefined",
     .notes = "Drivers offer a part of these, and HDMI and DisplayPort differ. Check in the EDID "
              "that the display supports both RGB and YCbCr of BT.2020. The transfer function in "
              "HDR_OUTPUT_METADATA takes precedence over the one implied here. For HDR set both.",
     .set_by = atomic_or_legacy,
     .source = standard_connector_section,
     .example = "drm-show --set connector.Colorspace=BT2020_RGB"},
    {.name = "HDR_OUTPUT_METADATA",
     .kind = ExplainedKind::connector,
     .meaning =
         "What the display is told about high dynamic range content: transfer function, primaries "
         "and luminance of the mastering display, brightest pixel and frame (CTA-861-G, Dynamic "
         "Range and Mastering InfoFrame). It converts nothing: the program has to produce pixels "
         "that are so encoded, and has to map tones where layers or the display differ.",
     .values = "A blob, struct hdr_output_metadata, exactly 32 bytes; 0: none, the display goes "
               "back to SDR (default).\neotf: 0 traditional gamma, SDR range; 1 traditional gamma, "
               "HDR range; 2 PQ (SMPTE ST 2084); 3 HLG (BT.2100)\nprimaries and white point: x and "
               "y in units of 0.00002 (50000 is 1.0)\nmax_display_mastering_luminance, max_cll, "
               "max_fall: 1 cd/m2\nmin_display_mastering_luminance: 0.0001 cd/m2",
     .notes = "Check in the EDID what the display supports. Drivers may need a mode set for a "
              "change. Set it back to 0 when leaving: the display stays in HDR otherwise.",
     .set_by = atomic_or_legacy,
     .source = standard_connector_section,
     .since = "Linux 5.3"},
    {.name = "Broadcast RGB",
     .kind = ExplainedKind::connector,
     .meaning = "Quantization range of RGB on HDMI (some drivers: DisplayPort as well): whether "
                "black and white are sent as the ends of the number range or, as television does, "
                "with room below and above. The driver converts and tells the display; programs "
                "always deliver full range.",
     .values = "Automatic: as the HDMI specification wants it for the mode (default)\nFull: 0 to "
               "255 at 8 bits\nLimited 16:235: 16 to 235 at 8 bits, accordingly at other depths",
     .notes = "Ignored when YCbCr is sent. Grey instead of black, or dark shades that are all "
              "black: driver and display disagree, choose the other one. Cedarview (gma500) offers "
              "no Automatic.",
     .set_by = atomic_or_legacy,
     .source = hdmi_section,
     .example = "drm-show --set \"HDMI-A-1:connector.Broadcast RGB=Full\""},
    {.name = "content type",
     .kind = ExplainedKind::connector,
     .meaning =
         "Tells an HDMI display what it shows, so that it chooses suitable picture settings.",
     .values = "No Data: not known (default)\nGraphics: text and drawings, pixel by pixel\nPhoto: "
               "still pictures\nCinema: films\nGame: little delay wanted",
     .notes = "CTA-861-G, table 15. What follows from it is the display's affair.",
     .set_by = atomic_or_legacy,
     .source = hdmi_section,
     .example = "drm-show --set \"HDMI-A-1:connector.content type=Graphics\""},
    {.name = "aspect ratio",
     .kind = ExplainedKind::connector,
     .meaning = "The aspect ratio of the picture that an HDMI display is told (AVI InfoFrame), "
                "instead of that of the mode.",
     .values = "Automatic: that of the mode (default)\n4:3\n16:9",
     .notes = "Nothing is scaled; the display may do so.",
     .set_by = atomic_or_legacy,
     .source = "drivers/gpu/drm/drm_connector.c, drm_mode_create_aspect_ratio_property()"},
    {.name = "Content Protection",
     .kind = ExplainedKind::connector,
     .meaning = "Asks that the link be encrypted (HDCP as a rule), and tells whether it is.",
     .values = "Undesired: in the clear (default)\nDesired: wanted, not reached yet; the driver "
               "goes on trying, also after hotplug and power changes\nEnabled: protected. Only the "
               "driver may set this: EINVAL for programs",
     .notes = "A program that shows protected content waits for Enabled and watches for a return "
              "to Desired, which means that protection was lost: the kernel sends a uevent with "
              "connector and property ids on Desired to Enabled and back. Changes that the program "
              "makes itself cause no uevent.",
     .set_by = "userspace sets Undesired and Desired, with an atomic commit or a legacy property "
               "ioctl; the driver sets Enabled and takes it back",
     .source = standard_connector_section,
     .since = "Linux 4.17"},
    {.name = "HDCP Content Type",
     .kind = ExplainedKind::connector,
     .meaning = "Which class of content \"Content Protection\" has to protect. Only there if the "
                "driver knows HDCP 2.2.",
     .values = "HDCP Type0: any HDCP version will do (default)\nHDCP Type1: HDCP 2.2 and later "
               "only; repeaters do not pass it on to older displays",
     .notes = "A change while protection is Desired or Enabled makes the driver authenticate again "
              "within the same commit.",
     .set_by = atomic_or_legacy,
     .source = standard_connector_section,
     .since = "Linux 5.4"},
};

}  // namespace

constinit const std::span<const Explanation> connector_content{connector_content_rows};

}  // namespace drmshow::explain_tables
