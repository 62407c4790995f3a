// Connector properties of the kernel's core: what is connected, how it is driven, writeback.
#include "query/explain/tables.hpp"

namespace drmshow::explain_tables {
namespace {

constexpr Explanation connector_rows[] = {
    {.name = "CRTC_ID",
     .kind = ExplainedKind::connector,
     .meaning =
         "The CRTC that sends its picture to this connector. Several connectors may name the same "
         "CRTC and then show the same picture in the same mode, if their encoders can be cloned.",
     .values = "The object id of a CRTC; 0: the connector is off.",
     .notes = "The CRTC has to be one that an encoder of this connector can use (possible_crtcs). "
              "A CRTC with a mode needs at least one connector and one without a mode must have "
              "none: otherwise the commit is refused with EINVAL. A change needs "
              "DRM_MODE_ATOMIC_ALLOW_MODESET.",
     .set_by = atomic_only,
     .source = standard_connector_section},
    {.name = "EDID",
     .kind = ExplainedKind::connector,
     .meaning =
         "The identification data that was last read from the display: maker, model, serial "
         "number, what it can show. Virtual and writeback connectors do not have this property.",
     .values = "A blob of 128-byte blocks as defined by VESA E-EDID; 0: nothing was read.",
     .notes = "The blob's id changes with every probe, so compare contents, not ids. Take modes, "
              "size and the like from the connector itself: the kernel corrects known faults "
              "there, but not in this blob.",
     .set_by = driver_only,
     .source = standard_connector_section},
    {.name = "DPMS",
     .kind = ExplainedKind::connector,
     .meaning = "Power state of the output, of the time before atomic mode setting. Atomic drivers "
                "map it to ACTIVE of the connector's CRTC: the CRTC stays on while at least one of "
                "its connectors is On.",
     .values = "On: normal operation\nStandby, Suspend: power saving states of analogue monitors; "
               "atomic drivers treat both as Off\nOff: no signal",
     .notes = "Default: On. It must not be part of an atomic commit (EINVAL): set ACTIVE there. "
              "Drivers without atomic mode setting may report a value that is out of date.",
     .set_by = "userspace, with the legacy property ioctls only",
     .source = standard_connector_section},
    {.name = "PATH",
     .kind = ExplainedKind::connector,
     .meaning = "Where in a DisplayPort MST topology the display is plugged in. Together with the "
                "EDID it tells displays apart when connectors come and go with new ids.",
     .values =
         "A blob with a text that ends with a zero byte: \"mst:PARENT-PORT-PORT...\", PARENT being "
         "the object id of the connector that the branch hangs off and PORT the port number at "
         "each hub. Object ids can differ after a reboot. 0, or no such property: not behind MST.",
     .set_by = driver_only,
     .source = standard_connector_section},
    {.name = "TILE",
     .kind = ExplainedKind::connector,
     .meaning = "Says that this connector shows one tile of a screen that is made of several: a "
                "large monitor that takes two cables or appears as two MST displays. To show one "
                "picture, drive all connectors of the group and give each its own part.",
     .values = "A blob with the text GROUP:SINGLE:COLUMNS:ROWS:X:Y:WIDTH:HEIGHT, all decimal. "
               "GROUP is equal for all tiles of a screen; SINGLE is 1 if they are in one housing; "
               "COLUMNS and ROWS count tiles; X and Y are this tile's place, 0:0 being top left; "
               "WIDTH and HEIGHT are its size in pixels.\n0: not tiled.",
     .set_by = driver_only,
     .source = "Documentation/gpu/drm-kms.rst, \"Tile Group Property\""},
    {.name = "link-status",
     .kind = ExplainedKind::connector,
     .meaning = "Whether the link to the display still works as it was set up. The driver says Bad "
                "when link training failed, during a mode set or later; the display then receives "
                "no picture, although the commit had succeeded.",
     .values = "Good: works (default)\nBad: broken; the list of modes may have become shorter, "
               "since modes that the link cannot carry are dropped",
     .notes =
         "On the hotplug uevent: read the modes again, choose one that is still there and commit "
         "it with link-status=Good in the same commit and with DRM_MODE_ATOMIC_ALLOW_MODESET. A "
         "commit that leaves Bad alone may change nothing on the screen. Setting Bad has no effect "
         "and is no error. Other connectors of the same CRTC go on working.",
     .set_by = "the driver sets Bad; userspace sets Good, with an atomic commit or a legacy "
               "property ioctl",
     .source = standard_connector_section,
     .example = "drm-show --set connector.link-status=Good"},
    {.name = "panel_type",
     .kind = ExplainedKind::connector,
     .meaning = "The technology of a built-in panel, as far as the driver knows it: a hint for "
                "what suits the panel, dark themes and pixel shifting for OLED, say.",
     .values = "unknown: (default)\nOLED: every pixel emits its own light",
     .set_by = driver_only,
     .source = standard_connector_section},
    {.name = "non-desktop",
     .kind = ExplainedKind::connector,
     .meaning = "The display is not meant for a desktop or console: a head-mounted display, for "
                "example. Desktops leave it alone and lease it to the program that knows it.",
     .values = "0: an ordinary display (default)\n1: not for desktops",
     .set_by = driver_only,
     .source = standard_connector_section},
    {.name = "max bpc",
     .kind = ExplainedKind::connector,
     .meaning = "Upper limit of bits per colour component that the driver may send over the cable. "
                "Lowering it lets a mode fit into a slow link; it is no request for exactly that "
                "depth, and the property does not tell what is used.",
     .values = "Bits per component, typically 6 or 8 to 12 or 16; default: the maximum.",
     .notes =
         "What is sent never exceeds what the display's EDID allows (8 if that does not say). A "
         "change makes the driver set the mode anew: it needs DRM_MODE_ATOMIC_ALLOW_MODESET.",
     .set_by = atomic_or_legacy,
     .source = standard_connector_section,
     .since = "Linux 5.0",
     .example = "drm-show --set \"HDMI-A-1:connector.max bpc=8\""},
    {.name = "panel orientation",
     .kind = ExplainedKind::connector,
     .meaning = "How a built-in panel is mounted in the device's case. The kernel does not turn "
                "the picture: whoever draws has to, and has to turn touchscreen coordinates too, "
                "which stay those of the panel.",
     .values = "Normal: the panel's top edge is the device's top edge\nUpside Down: the panel's "
               "bottom edge is up\nLeft Side Up: the panel's left edge is up\nRight Side Up: the "
               "panel's right edge is up",
     .notes = "Without the property nothing is known; in practice that is Normal.",
     .set_by = "the driver; immutable for userspace (video=NAME:panel_orientation=... on the "
               "kernel's command line overrides it)",
     .source = standard_connector_section},
    {.name = "scaling mode",
     .kind = ExplainedKind::connector,
     .meaning =
         "What happens on a panel of fixed resolution when the mode is smaller than the panel.",
     .values = "None: the driver does not scale; the display does as it likes\nFull: stretched "
               "over the whole panel, whatever the proportions\nCenter: unscaled in the middle, "
               "black around\nFull aspect: as large as it fits with its proportions kept",
     .notes = "Drivers offer two or more of these. On external displays None has to be there and "
              "be the default.",
     .set_by = atomic_or_legacy,
     .source = standard_connector_section,
     .example = "drm-show --mode 1280x720 --set \"eDP-1:connector.scaling mode=Full aspect\""},
    {.name = "subconnector",
     .kind = ExplainedKind::connector,
     .meaning = "The kind of signal that a connector carries now, where one socket can carry "
                "several: DVI-I, television outputs, and DisplayPort with an adapter.",
     .values = "DVI-I: Unknown, DVI-D (digital), DVI-A (analogue)\nTelevision: Unknown, Composite, "
               "SVIDEO, Component, SCART\nDisplayPort: Unknown; Native, a display that speaks "
               "DisplayPort itself; VGA, DVI-D, HDMI, DP or Wireless, what the first downstream "
               "port of an adapter or hub offers",
     .notes = "Default: Unknown.",
     .set_by = driver_only,
     .source = standard_connector_section},
    {.name = "select subconnector",
     .kind = ExplainedKind::connector,
     .meaning = "Which kind of signal to send where one socket can carry several; \"subconnector\" "
                "says what became of it.",
     .values = "DVI-I: Automatic, DVI-D (digital), DVI-A (analogue)\nTelevision: Automatic, "
               "Composite, SVIDEO, Component, SCART",
     .notes = "Default: Automatic.",
     .set_by = atomic_or_legacy,
     .source = standard_connector_section},
    {.name = "privacy-screen sw-state",
     .kind = ExplainedKind::connector,
     .meaning =
         "Asks a panel's electronic privacy filter to narrow the viewing angle. It comes together "
         "with \"privacy-screen hw-state\", which tells what the filter really does.",
     .values = "Disabled: seen from all sides (default)\nEnabled: only seen from the front",
     .notes = "While the hardware is locked the wish is remembered and carried out on unlocking. A "
              "key handled by firmware may change both properties: so never write a remembered "
              "value along with other changes, only when the user wants it changed.",
     .set_by = "userspace, with an atomic commit or a legacy property ioctl; the driver, when "
               "firmware changed the state",
     .source = standard_connector_section,
     .since = "Linux 5.17"},
    {.name = "privacy-screen hw-state",
     .kind = ExplainedKind::connector,
     .meaning = "What a panel's electronic privacy filter really does.",
     .values = "Disabled, Enabled: as \"privacy-screen sw-state\" asked\nDisabled-locked, "
               "Enabled-locked: fixed by a switch or the firmware's set-up; the kernel cannot "
               "change it now",
     .set_by = driver_only,
     .source = standard_connector_section,
     .since = "Linux 5.17"},
    {.name = "vrr_capable",
     .kind = ExplainedKind::connector,
     .meaning = "The display can do variable refresh rate: it waits for the next frame as long as "
                "its range allows, instead of refreshing at a fixed rate. To make use of it set "
                "VRR_ENABLED on the CRTC.",
     .values = "0: no (default)\n1: yes",
     .notes = "It follows the display that is plugged in. No such property: the driver cannot do "
              "it on this connector.",
     .set_by = driver_only,
     .source = vrr_section,
     .since = "Linux 5.0"},
    {.name = "suggested X",
     .kind = ExplainedKind::connector,
     .meaning = "Where the host of a virtual machine would like this output to be on the desktop: "
                "the horizontal position. For vmwgfx, qxl and vboxvideo, where it follows the "
                "windows of the guest's screens.",
     .values = "Pixels from the left edge of the desktop, 0 to 4294967295. A hint.",
     .set_by = driver_only,
     .source = "Documentation/gpu/kms-properties.csv, \"Virtual GPU\""},
    {.name = "suggested Y",
     .kind = ExplainedKind::connector,
     .meaning = "Where the host of a virtual machine would like this output to be on the desktop: "
                "the vertical position. See \"suggested X\".",
     .values = "Pixels from the top edge of the desktop, 0 to 4294967295. A hint.",
     .set_by = driver_only,
     .source = "Documentation/gpu/kms-properties.csv, \"Virtual GPU\""},
    {.name = "WRITEBACK_FB_ID",
     .kind = ExplainedKind::connector,
     .meaning =
         "The framebuffer that a writeback connector shall write the CRTC's picture into: a "
         "screenshot by the display hardware. It holds for one commit and is forgotten afterwards.",
     .values = "The object id of a framebuffer in one of WRITEBACK_PIXEL_FORMATS; 0: write "
               "nothing. Always reads as 0.",
     .notes = "The connector needs a CRTC_ID whose CRTC is active: EINVAL otherwise. The "
              "framebuffer stays in use until the job is done, even if it is removed meanwhile.",
     .set_by = atomic_only,
     .source = writeback_section,
     .since = "Linux 4.19"},
    {.name = "WRITEBACK_PIXEL_FORMATS",
     .kind = ExplainedKind::connector,
     .meaning = "The pixel formats that a writeback connector can write.",
     .values = "A blob: an array of 32-bit DRM_FORMAT_* codes. It says nothing about modifiers.",
     .set_by = driver_only,
     .source = writeback_section,
     .since = "Linux 4.19"},
    {.name = "WRITEBACK_OUT_FENCE_PTR",
     .kind = ExplainedKind::connector,
     .meaning = "Where to put a fence that tells when the picture has been written. Wait for it "
                "before reading, and before the next commit that touches the same CRTC, planes or "
                "connector: what happens otherwise is undefined.",
     .values = "The address of a 32-bit signed integer in the caller's memory, as a 64-bit number; "
               "the kernel stores the descriptor of a sync file there, -1 if the commit fails or "
               "only tests. 0: no fence. Always reads as 0.",
     .notes = "Without a WRITEBACK_FB_ID in the same commit there is no job to wait for.",
     .set_by = atomic_only,
     .source = writeback_section,
     .since = "Linux 4.19"},
};

}  // namespace

constinit const std::span<const Explanation> connector{connector_rows};

}  // namespace drmshow::explain_tables
