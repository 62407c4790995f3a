#include "session/rescue.hpp"

#include <gtest/gtest.h>
#include <linux/kd.h>

#include "drm-show/error.hpp"
#include "session/display_holder.hpp"

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
      "reset.\n");
}

TEST(AccountOfRescue, SaysOnlyWhatChanged) {
  VtFound found = in_order;
  found.keyboard_mode = K_RAW;
  EXPECT_EQ(account_of_rescue(found, in_order),
            "VT 3: its keyboard was raw, now Unicode; its terminal settings were reset.\n");
}

std::string refusal(std::initializer_list<DisplayHolder> holders) {
  try {
    refuse_holders(std::span{holders.begin(), holders.size()});
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::master_taken);
    return std::string{error.what()} + "\n" + error.hint();
  }
  return {};
}

TEST(RefuseHolders, NamesThoseWhoHaveTheDisplay) {
  EXPECT_EQ(refusal({}), "");
  EXPECT_EQ(refusal({{"card0", "drm-show", 63, true}}),
            "the display of card0 still is that of drm-show (pid 63, which is stopped): no text is "
            "seen there as long as it lives\n"
            "End it: sudo kill -CONT 63; sudo kill 63. If that does not help: sudo kill -9 63.");
  EXPECT_EQ(
      refusal({{"card0", "Xorg", 7, false}, {"card1", "", 0, false}}),
      "the display of card0 still is that of Xorg (pid 7); the display of card1 still is that "
      "of another program: no text is seen there as long as it lives\n"
      "End it: sudo kill 7. If that does not help: sudo kill -9 7.\n"
      "Only root is told which one: sudo drm-show --rescue.");
}

}  // namespace
}  // namespace drmshow
