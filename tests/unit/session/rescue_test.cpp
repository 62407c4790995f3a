#include "session/rescue.hpp"

#include <gtest/gtest.h>
#include <linux/kd.h>

namespace drmshow {
namespace {

constexpr VtFound in_order{.number = 3, .text_mode = KD_TEXT, .keyboard_mode = K_UNICODE};

TEST(AccountOfRescue, SaysThatNothingWasWrong) {
  EXPECT_EQ(account_of_rescue(in_order, in_order),
            "VT 3 is in order: only its terminal settings were reset.\n");
}

TEST(AccountOfRescue, SaysWhatWasWrong) {
  const VtFound found{
      .number = 3, .text_mode = KD_GRAPHICS, .keyboard_mode = K_OFF, .switched_by_a_program = true};
  EXPECT_EQ(
      account_of_rescue(found, in_order),
      "VT 3: it was in graphics mode, now text; its keyboard was switched off, now Unicode; a "
      "program was in charge of switching, now the kernel is; its terminal settings were "
      "reset.\n"
      "If that program still runs it may go on drawing: end it, or switch to another VT.\n");
}

TEST(AccountOfRescue, SaysOnlyWhatChanged) {
  VtFound found = in_order;
  found.keyboard_mode = K_RAW;
  EXPECT_EQ(account_of_rescue(found, in_order),
            "VT 3: its keyboard was raw, now Unicode; its terminal settings were reset.\n");
}

}  // namespace
}  // namespace drmshow
