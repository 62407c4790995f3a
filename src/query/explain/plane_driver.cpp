// Plane properties that single drivers have. The source says which.
#include "query/explain/tables.hpp"

namespace drmshow::explain_tables {
namespace {

constexpr std::string_view armada = "armada: drivers/gpu/drm/armada/armada_overlay.c";
constexpr std::string_view armada_nouveau =
    "armada: armada_overlay.c; nouveau: dispnv04/overlay.c (cards before NV50)";
constexpr std::string_view amd =
    "amdgpu: drivers/gpu/drm/amd/amdgpu/amdgpu_mode.h, amdgpu_dm_color.c";
constexpr std::string_view amd_luts =
    "A blob: an array of struct drm_color_lut (8 bytes: red, green, blue, reserved), each 0 to "
    "65535; 0: none.";
constexpr std::string_view amd_to_linear =
    "Default, Identity, sRGB EOTF, BT.709 inv_OETF, PQ EOTF, Gamma 2.2 EOTF, Gamma 2.4 EOTF, Gamma "
    "2.6 EOTF";

constexpr Explanation plane_driver_rows[] = {
    {.name = "zorder",
     .kind = ExplainedKind::plane,
     .meaning =
         "The order of overlapping planes; another name for zpos, from before that was standard.",
     .values = "0 to the number of planes less one; greater is nearer to the viewer.",
     .set_by = atomic_or_legacy,
     .source = "omapdrm: drivers/gpu/drm/omapdrm/omap_plane.c"},
    {.name = "sharpness",
     .kind = ExplainedKind::plane,
     .meaning = "How the plane computes pixels when it scales.",
     .values = "0: nearest neighbour\n1: bilinear\n2 to 32: bicubic, ever sharper; default "
               "8\nHardware that cannot do bicubic: 0 and 1 only, default 1.",
     .set_by = atomic_or_legacy,
     .source = "ingenic-drm: drivers/gpu/drm/ingenic/ingenic-ipu.c"},
    {.name = "colorkey",
     .kind = ExplainedKind::plane,
     .meaning = "A colour that stands for transparency: pixels that have it show what lies below, "
                "or mark where an overlay shows.",
     .values = "armada: 0xBBGGRR; sets colorkey_min, _max and _val in one\nrcar-du: 0xRRGGBB, bit "
               "24 switches it on; 0 to 33554431\nnouveau: in the format of the primary plane, bit "
               "24 switches it on",
     .set_by = atomic_or_legacy,
     .source = "armada, rcar-du, nouveau (before NV50): armada_overlay.c, rcar_du_plane.c, "
               "dispnv04/overlay.c"},
    {.name = "colorkey_min",
     .kind = ExplainedKind::plane,
     .meaning = "Lower end of the range of colours that count as the colour key.",
     .values = "0xBBGGRR, red in the lowest byte; default 0x0101fe.",
     .set_by = atomic_or_legacy,
     .source = armada},
    {.name = "colorkey_max",
     .kind = ExplainedKind::plane,
     .meaning = "Upper end of the range of colours that count as the colour key.",
     .values = "0xBBGGRR, red in the lowest byte; default 0x0101fe.",
     .set_by = atomic_or_legacy,
     .source = armada},
    {.name = "colorkey_val",
     .kind = ExplainedKind::plane,
     .meaning = "The colour that the overlay's hardware uses for pixels that match the colour key.",
     .values = "0xBBGGRR, red in the lowest byte; default 0x0101fe.",
     .set_by = atomic_or_legacy,
     .source = armada},
    {.name = "colorkey_alpha",
     .kind = ExplainedKind::plane,
     .meaning = "The alpha values that go with the colour key, one for each component.",
     .values = "0xBBGGRR, red in the lowest byte; default 0.",
     .set_by = atomic_or_legacy,
     .source = armada},
    {.name = "colorkey_mode",
     .kind = ExplainedKind::plane,
     .meaning = "Which components are compared with the colour key.",
     .values = "disabled, Y component, U component, V component, RGB, R component, G component, B "
               "component; default RGB.",
     .set_by = atomic_or_legacy,
     .source = armada},
    {.name = "brightness",
     .kind = ExplainedKind::plane,
     .meaning = "Brightness of a video overlay.",
     .values = "armada: 0 to 511, meaning -256 to +255\nnouveau: 0 to 1024",
     .set_by = atomic_or_legacy,
     .source = armada_nouveau},
    {.name = "contrast",
     .kind = ExplainedKind::plane,
     .meaning = "Contrast of a video overlay.",
     .values = "armada: 0 to 32767\nnouveau: 0 to 8191",
     .set_by = atomic_or_legacy,
     .source = armada_nouveau},
    {.name = "saturation",
     .kind = ExplainedKind::plane,
     .meaning = "Colour saturation of a video overlay.",
     .values = "armada: 0 to 32767\nnouveau: 0 to 8191",
     .set_by = atomic_or_legacy,
     .source = armada_nouveau},
    {.name = "hue",
     .kind = ExplainedKind::plane,
     .meaning = "Hue of a video overlay.",
     .values = "Degrees, 0 to 359.",
     .set_by = atomic_or_legacy,
     .source = "nouveau: dispnv04/overlay.c (cards before NV50)"},
    {.name = "AMD_PLANE_DEGAMMA_LUT",
     .kind = ExplainedKind::plane,
     .meaning = "A table from encoded values to linear light, first of amdgpu's own colour steps "
                "of a plane. These properties exist only in kernels built with AMD_PRIVATE_COLOR "
                "and are discouraged: COLOR_PIPELINE has replaced them.",
     .values = amd_luts,
     .set_by = atomic_or_legacy,
     .source = amd},
    {.name = "AMD_PLANE_DEGAMMA_LUT_SIZE",
     .kind = ExplainedKind::plane,
     .meaning = "The greatest number of entries of AMD_PLANE_DEGAMMA_LUT.",
     .values = "Entries.",
     .set_by = driver_only,
     .source = amd},
    {.name = "AMD_PLANE_DEGAMMA_TF",
     .kind = ExplainedKind::plane,
     .meaning =
         "A named curve from encoded values to linear light, instead of AMD_PLANE_DEGAMMA_LUT.",
     .values = amd_to_linear,
     .set_by = atomic_or_legacy,
     .source = amd},
    {.name = "AMD_PLANE_HDR_MULT",
     .kind = ExplainedKind::plane,
     .meaning =
         "Multiplies linear light: 1.0 is 80 cd/m2, so that 203/80 shows SDR white at 203 cd/m2.",
     .values = "S31.32 sign-magnitude: 1.0 is 0x100000000.",
     .set_by = atomic_or_legacy,
     .source = "amdgpu: drivers/gpu/drm/amd/display/amdgpu_dm/amdgpu_dm.h"},
    {.name = "AMD_PLANE_CTM",
     .kind = ExplainedKind::plane,
     .meaning = "Colour transformation matrix of the plane.",
     .values = "A blob of numbers in S31.32 sign-magnitude (bit 63 is the sign); 0: none.",
     .set_by = atomic_or_legacy,
     .source = amd},
    {.name = "AMD_PLANE_SHAPER_LUT",
     .kind = ExplainedKind::plane,
     .meaning = "A table for each channel that spreads colours before AMD_PLANE_LUT3D. Combined "
                "with AMD_PLANE_SHAPER_TF unless that is Identity.",
     .values = amd_luts,
     .set_by = atomic_or_legacy,
     .source = amd},
    {.name = "AMD_PLANE_SHAPER_LUT_SIZE",
     .kind = ExplainedKind::plane,
     .meaning = "The number of entries of AMD_PLANE_SHAPER_LUT.",
     .values = "Entries.",
     .set_by = driver_only,
     .source = amd},
    {.name = "AMD_PLANE_SHAPER_TF",
     .kind = ExplainedKind::plane,
     .meaning = "A named curve before AMD_PLANE_LUT3D.",
     .values = "Default, Identity, sRGB inv_EOTF, BT.709 OETF, PQ inv_EOTF, Gamma 2.2 inv_EOTF, "
               "Gamma 2.4 inv_EOTF, Gamma 2.6 inv_EOTF",
     .set_by = atomic_or_legacy,
     .source = amd},
    {.name = "AMD_PLANE_LUT3D",
     .kind = ExplainedKind::plane,
     .meaning = "A table over all three channels, interpolated tetrahedrally.",
     .values = "A blob: AMD_PLANE_LUT3D_SIZE^3 entries of struct drm_color_lut; red changes "
               "fastest, blue slowest. 0: none.",
     .set_by = atomic_or_legacy,
     .source = amd},
    {.name = "AMD_PLANE_LUT3D_SIZE",
     .kind = ExplainedKind::plane,
     .meaning = "The greatest size of AMD_PLANE_LUT3D.",
     .values = "Entries along each axis.",
     .set_by = driver_only,
     .source = amd},
    {.name = "AMD_PLANE_BLEND_LUT",
     .kind = ExplainedKind::plane,
     .meaning = "A table for each channel after AMD_PLANE_LUT3D, the last step before blending. "
                "Combined with AMD_PLANE_BLEND_TF unless that is Identity.",
     .values = amd_luts,
     .set_by = atomic_or_legacy,
     .source = amd},
    {.name = "AMD_PLANE_BLEND_LUT_SIZE",
     .kind = ExplainedKind::plane,
     .meaning = "The greatest number of entries of AMD_PLANE_BLEND_LUT.",
     .values = "Entries.",
     .set_by = driver_only,
     .source = amd},
    {.name = "AMD_PLANE_BLEND_TF",
     .kind = ExplainedKind::plane,
     .meaning = "A named curve after AMD_PLANE_LUT3D.",
     .values = amd_to_linear,
     .set_by = atomic_or_legacy,
     .source = amd},
};

}  // namespace

constinit const std::span<const Explanation> plane_driver{plane_driver_rows};

}  // namespace drmshow::explain_tables
