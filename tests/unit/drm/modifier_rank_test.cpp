#include "drm/modifier_rank.hpp"

#include <gtest/gtest.h>

namespace drmshow {
namespace {

using enum ModifierRank;

struct RankCase {
  std::uint64_t value;
  const char* what;  ///< as drm_fourcc.h and modifier_name() call it
  ModifierRank rank;
};

constexpr RankCase rank_cases[] = {
    {0, "LINEAR", linear},
    {0x0100000000000001, "INTEL X_TILED", tiled},
    {0x0100000000000002, "INTEL Y_TILED", tiled},
    {0x0100000000000003, "INTEL Yf_TILED", tiled},
    {0x0100000000000004, "INTEL Y_TILED_CCS", compressed},
    {0x0100000000000005, "INTEL Yf_TILED_CCS", compressed},
    {0x0100000000000006, "INTEL Y_TILED_GEN12_RC_CCS", compressed},
    {0x0100000000000008, "INTEL Y_TILED_GEN12_RC_CCS_CC", compressed},
    {0x0100000000000009, "INTEL 4_TILED", tiled},
    {0x010000000000000a, "INTEL 4_TILED_DG2_RC_CCS", compressed},
    {0x0100000000000010, "INTEL 4_TILED_LNL_CCS", compressed},
    {0x0100000000000011, "INTEL 4_TILED_BMG_CCS", compressed},
    {0x0100000000000012, "INTEL, not yet defined", tiled},
    {0x0200000000000001, "AMD GFX9", tiled},
    {0x0200000018601b04, "AMD GFX10_RBPLUS,64KB_R_X", tiled},
    {0x0200000018603b04, "AMD ... DCC", compressed},
    {0x02000000187ffb04, "AMD ... DCC, retiled", compressed},
    {0x0300000000000001, "NVIDIA TEGRA_TILED", tiled},
    {0x0300000000606010, "NVIDIA BLOCK_LINEAR_2D, not compressed", tiled},
    {0x0300000000e06014, "NVIDIA BLOCK_LINEAR_2D, compressed", compressed},
    {0x0400000000000001, "SAMSUNG 64_32_TILE", tiled},
    {0x0500000000000001, "QCOM COMPRESSED", compressed},
    {0x0500000000000002, "QCOM TILED2", tiled},
    {0x0500000000000003, "QCOM TILED3", tiled},
    {0x0600000000000001, "VIVANTE TILED", tiled},
    {0x0600000000000002, "VIVANTE SUPER_TILED", tiled},
    {0x0601000000000002, "VIVANTE SUPER_TILED with tile status", tiled},
    {0x0611000000000002, "VIVANTE SUPER_TILED with DEC400", compressed},
    {0x0700000000000001, "BROADCOM VC4_T_TILED", tiled},
    {0x0700000000000004, "BROADCOM SAND128", tiled},
    {0x0700000000000006, "BROADCOM UIF", tiled},
    {0x0800000000000071, "ARM AFBC", compressed},
    {0x0810000000000001, "ARM 16X16_BLOCK_U_INTERLEAVED", tiled},
    {0x0820000000000001, "ARM AFRC", compressed},
    {0x0900000000000001, "ALLWINNER TILED", tiled},
    {0x0a00000000000001, "AMLOGIC FBC", compressed},
    {0x0c00000000000001, "APPLE GPU_TILED", tiled},
    {0x0c00000000000002, "APPLE GPU_TILED_COMPRESSED", compressed},
    {0x7f00000000000001, "a vendor of the future", tiled},
};

TEST(ModifierRank, IsWhatTheVendorsBitsSay) {
  for (const auto& [value, what, rank] : rank_cases) {
    EXPECT_EQ(modifier_rank(Modifier{value}), rank) << what;
  }
}

TEST(ModifierRank, SortsFromCompressedToLinear) {
  EXPECT_LT(compressed, tiled);
  EXPECT_LT(tiled, linear);
}

}  // namespace
}  // namespace drmshow
