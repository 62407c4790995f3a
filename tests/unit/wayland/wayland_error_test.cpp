#include "wayland/wayland_error.hpp"

#include <gtest/gtest.h>

#include <cerrno>

namespace drmshow {
namespace {

TEST(CompositorError, SaysWhatWasRefused) {
  const auto error = compositor_error(
      EPROTO, {"wl_surface", 12, 2, "wl_surface@12: error 2: buffer size 3x3 must be even"});
  EXPECT_EQ(error.failure(), Failure::compositor);
  EXPECT_STREQ(error.what(),
               "the compositor ended the connection: wl_surface@12, error 2 (buffer size 3x3 must "
               "be even)");
  EXPECT_NE(error.hint().find("WAYLAND_DEBUG=1"), std::string::npos);
}

TEST(CompositorError, ManagesWithoutWords) {
  EXPECT_STREQ(compositor_error(EPROTO, {}).what(),
               "the compositor ended the connection: an object, error 0");
  EXPECT_STREQ(compositor_error(EPROTO, {"wl_shm", 3, 1, "wl_shm#3: error 1"}).what(),
               "the compositor ended the connection: wl_shm@3, error 1");
}

TEST(CompositorError, SaysThatItIsGone) {
  for (const int errnum : {EPIPE, ECONNRESET}) {
    const auto error = compositor_error(errnum, {});
    EXPECT_EQ(error.failure(), Failure::compositor);
    EXPECT_STREQ(error.what(), "the compositor went away");
  }
}

TEST(CompositorError, NamesOtherErrors) {
  EXPECT_EQ(compositor_error(ENOMEM, {}).errnum(), ENOMEM);
}

}  // namespace
}  // namespace drmshow
