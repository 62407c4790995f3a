#include "drm-show/modifier.hpp"

#include <gtest/gtest.h>

namespace drmshow {
namespace {

struct ModifierCase {
  std::uint64_t value;
  const char* name;
  const char* text;
};

TEST(Modifier, IsNamedWithItsVendor) {
  const ModifierCase cases[] = {
      {0, "LINEAR", "LINEAR (0x0)"},
      {0x00ffffffffffffff, "INVALID", "INVALID (0x00ffffffffffffff)"},
      {0x0100000000000002, "INTEL_Y_TILED", "INTEL_Y_TILED (0x0100000000000002)"},
      {0x0200000000000001, "AMD_GFX9", "AMD_GFX9 (0x0200000000000001)"},
      {0x0800000000000071, "ARM_BLOCK_SIZE=16x16,MODE=YTR|SPLIT|SPARSE",
       "ARM_BLOCK_SIZE=16x16,MODE=YTR|SPLIT|SPARSE (0x0800000000000071)"},
      {0x0700000000000001, "BROADCOM_VC4_T_TILED", "BROADCOM_VC4_T_TILED (0x0700000000000001)"},
  };
  for (const auto& [value, name, text] : cases) {
    EXPECT_EQ(modifier_name(Modifier{value}), name);
    EXPECT_EQ(to_string(Modifier{value}), text);
  }
}

TEST(Modifier, WithoutANameIsItsNumber) {
  const ModifierCase cases[] = {
      {0x01000000000f0042, "INTEL_0x000000000f0042", "INTEL_0x000000000f0042 (0x01000000000f0042)"},
      {0x7f00000000000001, "0x7f00000000000001", "0x7f00000000000001"},
      {0x0000000000000500, "0x0000000000000500", "0x0000000000000500"},
  };
  for (const auto& [value, name, text] : cases) {
    EXPECT_EQ(modifier_name(Modifier{value}), name);
    EXPECT_EQ(to_string(Modifier{value}), text);
  }
}

}  // namespace
}  // namespace drmshow
