#include "render/vulkan/pixel_format.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <vulkan/vulkan_format_traits.hpp>

namespace drmshow {
namespace {

Format fourcc(const char (&text)[5]) {
  return Format::from_chars(text[0], text[1], text[2], text[3]);
}

struct SameFormat {
  Format drm;
  vk::Format vulkan;
  unsigned bits;
};

TEST(PixelFormat, IsTheSameInMemory) {
  const SameFormat cases[] = {
      {fourcc("XR24"), vk::Format::eB8G8R8A8Unorm, 32},
      {fourcc("AR24"), vk::Format::eB8G8R8A8Unorm, 32},
      {fourcc("XB24"), vk::Format::eR8G8B8A8Unorm, 32},
      {fourcc("AB24"), vk::Format::eR8G8B8A8Unorm, 32},
      {fourcc("XR30"), vk::Format::eA2R10G10B10UnormPack32, 32},
      {fourcc("XB30"), vk::Format::eA2B10G10R10UnormPack32, 32},
      {fourcc("XB4H"), vk::Format::eR16G16B16A16Sfloat, 64},
      {fourcc("RG16"), vk::Format::eR5G6B5UnormPack16, 16},
  };
  EXPECT_EQ(std::size(cases), pixel_formats().size());
  for (const auto& [drm, vulkan, bits] : cases) {
    const PixelFormat* const found = find_pixel_format(drm);
    ASSERT_NE(found, nullptr) << to_string(drm);
    EXPECT_EQ(found->vulkan, vulkan) << to_string(drm);
    EXPECT_EQ(found->bits, bits) << to_string(drm);
    EXPECT_EQ(vk::blockSize(found->vulkan) * 8, bits) << to_string(drm);
  }
}

TEST(PixelFormat, IsNoneThatVulkanCannotDrawInto) {
  for (const Format format : {fourcc("NV12"), fourcc("YUYV"), fourcc("C8  ")}) {
    EXPECT_EQ(find_pixel_format(format), nullptr);
    EXPECT_FALSE(has_alpha(format));
  }
}

TEST(PixelFormat, BestOnesComeFirstAndEachOnce) {
  EXPECT_EQ(pixel_formats().front().drm, formats::xrgb8888);
  EXPECT_TRUE(std::ranges::is_sorted(pixel_formats(), {}, &PixelFormat::quality));
  std::set<Format> seen;
  for (const PixelFormat& format : pixel_formats()) {
    EXPECT_TRUE(seen.insert(format.drm).second);
  }
}

TEST(PixelFormat, AlphaIsToldByTheName) {
  for (const PixelFormat& format : pixel_formats()) {
    EXPECT_EQ(has_alpha(format.drm), to_string(format.drm).starts_with('A'));
  }
}

}  // namespace
}  // namespace drmshow
