// Pictures as they were looked at and found good. After a deliberate change run the test once with
// DRMSHOW_UPDATE_GOLDEN=1, look at the PNG files in tests/golden, and commit them.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "png_file.hpp"

namespace drmshow::testing {

inline int difference(Pixel a, Pixel b) {
  int most = 0;
  for (const int shift : {0, 8, 16}) {
    most = std::max(
        most, std::abs(static_cast<int>(a >> shift & 0xff) - static_cast<int>(b >> shift & 0xff)));
  }
  return most;
}

/// `name`: of the file in tests/golden, without what all have. FreeType's versions smooth text a
/// little differently: so many of all pixels may be a little off.
inline void expect_as_it_was(const Picture& picture, const std::string& name,
                             double tolerated_fraction = .004) {
  constexpr int noticeable = 24;  // levels, in any channel
  const Size size = picture.size();
  const std::string file = std::string{GOLDEN_DIR} + '/' + name + '-' + std::to_string(size.width) +
                           'x' + std::to_string(size.height) + ".png";
  if (std::getenv("DRMSHOW_UPDATE_GOLDEN") != nullptr) {
    golden::write_png(file, picture);
    GTEST_SKIP() << "wrote " << file;
  }
  const auto is = golden::draw(picture);
  const auto was = golden::read_png(file);
  ASSERT_EQ(is.size, was.size);
  int off = 0;
  for (std::size_t i = 0; i < is.data.size(); ++i) {
    if (difference(is.data[i], was.data[i]) > noticeable) ++off;
  }
  EXPECT_LE(off, tolerated_fraction * static_cast<double>(size.area()));
}

}  // namespace drmshow::testing
