#include "drm-show/scanout_image.hpp"

#include <set>

#include <gtest/gtest.h>

namespace drmshow {
namespace {

TEST(ImageRung, HasANameOfItsOwn) {
  using enum ImageRung;
  EXPECT_EQ(to_string(modifier), "modifier");
  EXPECT_EQ(to_string(copy), "copy");
  std::set<std::string> names;
  for (const ImageRung rung : {modifier, linear, implicit, display, copy}) {
    EXPECT_TRUE(names.insert(to_string(rung)).second);
  }
}

}  // namespace
}  // namespace drmshow
