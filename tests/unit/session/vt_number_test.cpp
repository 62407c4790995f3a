#include "session/vt_number.hpp"

#include <string>

#include <gtest/gtest.h>
#include <sys/sysmacros.h>

namespace drmshow {
namespace {

TEST(VtOfDevice, IsTheMinorOfATty) {
  EXPECT_EQ(vt_of_device(makedev(4, 1)), 1);
  EXPECT_EQ(vt_of_device(makedev(4, 63)), 63);
}

TEST(VtOfDevice, IsNoSerialLineConsoleOrPseudoTerminal) {
  EXPECT_EQ(vt_of_device(makedev(4, 0)), std::nullopt);   // tty0: whichever is shown
  EXPECT_EQ(vt_of_device(makedev(4, 64)), std::nullopt);  // ttyS0
  EXPECT_EQ(vt_of_device(makedev(5, 1)), std::nullopt);   // console
  EXPECT_EQ(vt_of_device(makedev(136, 1)), std::nullopt);
  EXPECT_EQ(vt_of_device(0), std::nullopt);
}

TEST(VtPath, IsTheNode) {
  EXPECT_STREQ(vt_path(3).data(), "/dev/tty3");
  EXPECT_STREQ(vt_path(63).data(), "/dev/tty63");
}

TEST(TerminalInStat, IsTheSeventhField) {
  EXPECT_EQ(terminal_in_stat("501 (agetty) S 1 501 501 1025 501 4194560"), makedev(4, 1));
  EXPECT_EQ(terminal_in_stat("7 (kworker/0:1) I 2 0 0 0 -1 69238880"), 0U);
}

TEST(TerminalInStat, KnowsThatNamesMayContainAnything) {
  EXPECT_EQ(terminal_in_stat("9 (a) S 1 2 3 (b)) R 1 9 9 1027 9 0"), makedev(4, 3));
}

TEST(TerminalInStat, IsNothingInALineThatIsCutOff) {
  const std::string whole = "501 (agetty) S 1 501 501 1025";
  for (std::size_t length = 0; length < whole.size() - 4; ++length) {
    EXPECT_EQ(terminal_in_stat(std::string_view{whole}.substr(0, length)), 0U) << length;
  }
}

}  // namespace
}  // namespace drmshow
