// Properties of colour operations, the steps of a plane's colour pipeline.
#include "query/explain/tables.hpp"

namespace drmshow::explain_tables {
namespace {

constexpr std::string_view since = "Linux 6.19";

constexpr Explanation colorop_rows[] = {
    {.name = "TYPE",
     .kind = ExplainedKind::colorop,
     .meaning =
         "What this step of the pipeline computes. It decides which other properties the step has.",
     .values =
         "1D Curve: a named curve for all channels; see CURVE_1D_TYPE\n1D LUT: a table for each "
         "channel; see DATA, SIZE, LUT1D_INTERPOLATION\n3x4 Matrix: mixes the channels and adds an "
         "offset; see DATA\nMultiplier: multiplies all channels by one number; see MULTIPLIER\n3D "
         "LUT: a table over all three channels; see DATA, SIZE, LUT3D_INTERPOLATION",
     .set_by = driver_only,
     .source = colorop_section,
     .since = since},
    {.name = "BYPASS",
     .kind = ExplainedKind::colorop,
     .meaning = "Whether this step is left out.",
     .values = "0: computes\n1: passes its input on (default)",
     .notes = "A step without this property cannot be left out.",
     .set_by = atomic_only,
     .source = colorop_section,
     .since = since},
    {.name = "NEXT",
     .kind = ExplainedKind::colorop,
     .meaning = "The step after this one. COLOR_PIPELINE of the plane names the first.",
     .values = "The object id of a colour operation; 0: this is the last.",
     .set_by = driver_only,
     .source = colorop_section,
     .since = since},
    {.name = "CURVE_1D_TYPE",
     .kind = ExplainedKind::colorop,
     .meaning = "The curve of a step of type 1D Curve, the same for all channels.",
     .values = "sRGB EOTF: from sRGB to linear light (IEC 61966-2-1, in two pieces)\nsRGB Inverse "
               "EOTF: back\nPQ 125 EOTF: from PQ (SMPTE ST 2084) to linear light in which 125.0 is "
               "10000 cd/m2, thus 1.0 is 80 cd/m2\nPQ 125 Inverse EOTF: back\nBT.2020 OETF: from "
               "linear light to BT.2020, which is that of BT.709\nBT.2020 Inverse OETF: "
               "back\nGamma 2.2: a power of 2.2\nGamma 2.2 Inverse: a power of 1/2.2",
     .notes = "Drivers offer a part of these.",
     .set_by = atomic_only,
     .source = "include/drm/drm_colorop.h, enum drm_colorop_curve_1d_type",
     .since = since},
    {.name = "LUT1D_INTERPOLATION",
     .kind = ExplainedKind::colorop,
     .meaning = "How a step of type 1D LUT computes values between two entries.",
     .values = "Linear: on the straight line between them",
     .set_by = atomic_only,
     .source = "include/uapi/drm/drm_mode.h, enum drm_colorop_lut1d_interpolation_type",
     .since = since},
    {.name = "LUT3D_INTERPOLATION",
     .kind = ExplainedKind::colorop,
     .meaning = "How a step of type 3D LUT computes values between entries.",
     .values = "Tetrahedral: from the four corners of the tetrahedron around the value",
     .set_by = atomic_only,
     .source = "include/uapi/drm/drm_mode.h, enum drm_colorop_lut3d_interpolation_type",
     .since = since},
    {.name = "SIZE",
     .kind = ExplainedKind::colorop,
     .meaning = "The size of the table that DATA has to contain.",
     .values = "1D LUT: entries\n3D LUT: entries along each of the three axes: 17 means 17 x 17 x "
               "17 = 4913 entries",
     .set_by = driver_only,
     .source = "include/uapi/drm/drm_mode.h, enum drm_colorop_type",
     .since = since},
    {.name = "DATA",
     .kind = ExplainedKind::colorop,
     .meaning = "The numbers of a step of type 1D LUT, 3D LUT or 3x4 Matrix.",
     .values =
         "A blob of exactly the right length, EINVAL otherwise; 0: none (default).\n1D LUT: SIZE "
         "entries of struct drm_color_lut32 (16 bytes: red, green, blue, reserved, 32 bits each), "
         "evenly spaced over the input\n3D LUT: SIZE^3 such entries; red changes fastest, then "
         "green, then blue: index = R + SIZE * (G + SIZE * B)\n3x4 Matrix: struct "
         "drm_color_ctm_3x4, 96 bytes, twelve 64-bit numbers, row by row, the fourth of each row "
         "being added as offset; S31.32 sign-magnitude (bit 63 is the sign), not two's complement",
     .set_by = atomic_only,
     .source = "include/uapi/drm/drm_mode.h, enum drm_colorop_type",
     .since = since},
    {.name = "MULTIPLIER",
     .kind = ExplainedKind::colorop,
     .meaning = "What a step of type Multiplier multiplies all channels by. Scales SDR content "
                "into an HDR picture, for example.",
     .values = "A 64-bit number in S31.32 sign-magnitude: 1.0 is 0x100000000 (4294967296), bit 63 "
               "is the sign.",
     .set_by = atomic_only,
     .source = "include/uapi/drm/drm_mode.h, enum drm_colorop_type",
     .since = since},
};

}  // namespace

constinit const std::span<const Explanation> colorop{colorop_rows};

}  // namespace drmshow::explain_tables
