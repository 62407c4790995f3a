#include <array>
#include <cerrno>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/nearest.hpp"
#include "base/utf8.hpp"
#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"

namespace drmshow {
namespace {

const std::array<std::string, 4> outputs{"DP-1", "HDMI-A-1", "HDMI-A-2", "eDP-1"};

TEST(Nearest, FindsWhatWasMeant) {
  EXPECT_EQ(nearest("dp-1", outputs), "DP-1");
  EXPECT_EQ(nearest("HDMI-2", outputs), "HDMI-A-2");
  EXPECT_EQ(nearest("edp1", outputs), "eDP-1");
  EXPECT_EQ(nearest("Composite-17", outputs), std::nullopt);
  EXPECT_EQ(nearest("x", {}), std::nullopt);
}

TEST(DidYouMean, IsEmptyWithoutASuggestion) {
  EXPECT_EQ(did_you_mean("HDMI-A1", outputs), "Did you mean \"HDMI-A-1\"? ");
  EXPECT_EQ(did_you_mean("something else", outputs), "");
}

bool is_open(int fd) {
  return ::fcntl(fd, F_GETFD) >= 0;
}

TEST(WithoutHarmful, KeepsTextAndNothingElse) {
  EXPECT_EQ(without_harmful("Grüße 漢字.png"), "Grüße 漢字.png");
  EXPECT_EQ(without_harmful("a\x1b[2J\n\x7f"), "a?[2J??");
  EXPECT_EQ(without_harmful("\xff\xc3"), "??");
  EXPECT_EQ(without_harmful("\xed\xa0\x80"), "???");  // half of a surrogate pair
  EXPECT_EQ(without_harmful("a\u202etxt.exe"), "a?txt.exe");
  EXPECT_EQ(without_harmful(""), "");
}

TEST(UniqueFd, ClosesOnce) {
  const int raw = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  {
    UniqueFd first{raw};
    UniqueFd second{std::move(first)};
    EXPECT_FALSE(first);
    EXPECT_EQ(second.get(), raw);
  }
  EXPECT_FALSE(is_open(raw));
}

TEST(UniqueFd, AssignmentClosesWhatWasHeldAndKeepsErrno) {
  const int old = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  UniqueFd fd{old};
  errno = EXDEV;
  fd = UniqueFd{::open("/dev/null", O_RDONLY | O_CLOEXEC)};
  EXPECT_EQ(errno, EXDEV);
  EXPECT_FALSE(is_open(old));
  EXPECT_TRUE(is_open(fd.get()));
}

TEST(Error, SaysWhatAndWhy) {
  const Error error{Failure::no_permission, "cannot open x", "Do y.", EACCES};
  EXPECT_STREQ(error.what(), "cannot open x: Permission denied");
  EXPECT_EQ(error.hint(), "Do y.");
  EXPECT_EQ(error.errnum(), EACCES);
  EXPECT_STREQ((Error{Failure::usage, "no"}).what(), "no");
}

}  // namespace
}  // namespace drmshow
