#include "show/control.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "render/cpu/animations.hpp"
#include "render/cpu/pattern.hpp"

namespace drmshow {
namespace {

using testing::ElementsAre;

constexpr Key all_keys[] = {Key::quit, Key::pause,  Key::next,    Key::previous, Key::number,
                            Key::fit,  Key::rotate, Key::overlay, Key::mode,     Key::screenshot};

std::vector<std::string> listed_patterns() {
  std::vector<std::string> names;
  for (const PatternInfo& info : patterns()) names.emplace_back(info.name);
  for (const PatternInfo& info : animations()) names.emplace_back(info.name);
  return names;
}

Shown showing(std::vector<std::filesystem::path> files) {
  Shown shown;
  shown.files = std::move(files);
  return shown;
}

Change press(Key key, Shown& shown) {
  return apply(KeyPress{key}, shown);
}
Change press_number(int number, Shown& shown) {
  return apply(KeyPress{Key::number, number}, shown);
}

TEST(Control, NextGoesThroughAllPatternsInTheOrderOfTheList) {
  const auto names = listed_patterns();
  Shown shown;
  for (std::size_t i = 1; i <= names.size(); ++i) {
    EXPECT_EQ(press(Key::next, shown), Change::content);
    EXPECT_EQ(shown.pattern, names[i % names.size()]);
  }
  for (std::size_t i = names.size(); i-- > 0;) {
    EXPECT_EQ(press(Key::previous, shown), Change::content);
    EXPECT_EQ(shown.pattern, names[i]);
  }
}

TEST(Control, APatternThatIsNotInTheListIsBeforeTheFirst) {
  Shown shown;
  shown.pattern = "solid:#336699";
  Shown before = shown;
  press(Key::next, shown);
  EXPECT_EQ(shown.pattern, "card");
  press(Key::previous, before);
  EXPECT_EQ(before.pattern, "zone");
}

TEST(Control, NextGoesRoundTheFiles) {
  Shown shown = showing({"a", "b", "c"});
  EXPECT_EQ(press(Key::next, shown), Change::content);
  EXPECT_THAT(shown.files, ElementsAre("b", "c", "a"));
  press(Key::next, shown);
  press(Key::next, shown);
  EXPECT_THAT(shown.files, ElementsAre("a", "b", "c"));
  EXPECT_EQ(press(Key::previous, shown), Change::content);
  EXPECT_THAT(shown.files, ElementsAre("c", "a", "b"));
}

TEST(Control, ASingleFileHasNoNext) {
  Shown shown = showing({"a"});
  EXPECT_EQ(press(Key::next, shown), Change::none);
  EXPECT_EQ(press(Key::previous, shown), Change::none);
  EXPECT_EQ(shown, showing({"a"}));
}

TEST(Control, NumbersArePatterns) {
  for (int number = 1; number <= 9; ++number) {
    Shown shown;
    shown.pattern = "zone";
    EXPECT_EQ(press_number(number, shown), Change::content);
    EXPECT_EQ(shown.pattern, listed_patterns()[static_cast<std::size_t>(number - 1)]);
    EXPECT_EQ(press_number(number, shown), Change::none) << "it is there already";
  }
}

TEST(Control, NumbersLeaveFilesAndZeroComesBack) {
  Shown shown = showing({"a", "b"});
  press(Key::next, shown);
  EXPECT_EQ(press_number(1, shown), Change::content);
  EXPECT_TRUE(shown.files.empty());
  EXPECT_EQ(shown.pattern, "card");
  press(Key::next, shown);
  EXPECT_EQ(shown.pattern, "smpte");
  press_number(4, shown);
  EXPECT_EQ(press_number(0, shown), Change::content);
  EXPECT_THAT(shown.files, ElementsAre("b", "a"));
  EXPECT_EQ(press_number(0, shown), Change::none);
}

TEST(Control, ZeroIsNothingWithoutFiles) {
  Shown shown;
  EXPECT_EQ(press_number(0, shown), Change::none);
  EXPECT_EQ(shown, Shown{});
}

TEST(Control, FitGoesThroughAllWays) {
  Shown shown = showing({"a"});
  for (const Fit fit : {Fit::cover, Fit::stretch, Fit::none, Fit::contain}) {
    EXPECT_EQ(press(Key::fit, shown), Change::content);
    EXPECT_EQ(shown.fit, fit);
  }
}

TEST(Control, PatternsFitAsTheyAre) {
  Shown shown;
  EXPECT_EQ(press(Key::fit, shown), Change::none);
  EXPECT_EQ(shown, Shown{});
}

TEST(Control, FourQuarterTurnsAreNone) {
  Shown shown;
  for (const int turns : {1, 2, 3, 0}) {
    EXPECT_EQ(press(Key::rotate, shown), Change::content);
    EXPECT_EQ(shown.quarter_turns, turns);
  }
}

TEST(Control, PauseAndOverlayAreSwitches) {
  Shown shown;
  EXPECT_EQ(press(Key::pause, shown), Change::pause);
  EXPECT_TRUE(shown.paused);
  EXPECT_EQ(press(Key::overlay, shown), Change::overlay);
  EXPECT_TRUE(shown.overlay);
  press(Key::pause, shown);
  press(Key::overlay, shown);
  EXPECT_EQ(shown, Shown{});
}

TEST(Control, TheRestIsForOthers) {
  Shown shown = showing({"a", "b"});
  const Shown before = shown;
  EXPECT_EQ(press(Key::mode, shown), Change::mode);
  EXPECT_EQ(press(Key::screenshot, shown), Change::screenshot);
  EXPECT_EQ(press(Key::quit, shown), Change::quit);
  EXPECT_EQ(shown, before);
}

using State = std::tuple<std::vector<std::filesystem::path>, std::string, Fit, int, bool, bool,
                         std::vector<std::filesystem::path>>;
State state_of(const Shown& shown) {
  return {shown.files,   shown.pattern, shown.fit,      shown.quarter_turns,
          shown.overlay, shown.paused,  shown.set_aside};
}

/// What holds after any key in any state.
void check_step(const Shown& before, const Shown& after, Change change) {
  const bool same_content = before.files == after.files && before.pattern == after.pattern &&
                            before.fit == after.fit && before.quarter_turns == after.quarter_turns;
  ASSERT_EQ(change == Change::content, !same_content);
  ASSERT_EQ(change == Change::overlay, before.overlay != after.overlay);
  ASSERT_EQ(change == Change::pause, before.paused != after.paused);
  // The files are somewhere, all of them, and only in one place.
  ASSERT_EQ(before.files.size() + before.set_aside.size(),
            after.files.size() + after.set_aside.size());
  ASSERT_TRUE(after.files.empty() || after.set_aside.empty());
  ASSERT_THAT(listed_patterns(), testing::Contains(after.pattern));
}

void explore(const Shown& start, std::size_t expected_states) {
  std::set<State> seen{state_of(start)};
  std::vector<Shown> open{start};
  while (!open.empty()) {
    const Shown before = open.back();
    open.pop_back();
    for (const Key key : all_keys) {
      for (int number = 0; number <= (key == Key::number ? 9 : 0); ++number) {
        Shown after = before;
        const Change change = apply(KeyPress{key, number}, after);
        ASSERT_NO_FATAL_FAILURE(check_step(before, after, change));
        if (seen.insert(state_of(after)).second) open.push_back(after);
      }
    }
  }
  EXPECT_EQ(seen.size(), expected_states);
}

// Turns, overlay and pause make 4 * 2 * 2 states of each of the others.
TEST(Control, EveryStateThatKeysCanReachWithoutFiles) {
  explore(Shown{}, 16 * listed_patterns().size());
}

TEST(Control, EveryStateThatKeysCanReachWithThreeFiles) {
  // Three orders of the files and four ways to fit them: shown themselves, with the pattern that
  // was there last in mind; or set aside while a pattern is shown.
  explore(showing({"a", "b", "c"}), 16 * 3 * 4 * 2 * listed_patterns().size());
}

TEST(Control, BeginsWithWhatTheOptionsSay) {
  Options options;
  options.files = {"a"};
  options.pattern = "grid";
  options.fit = Fit::cover;
  options.quarter_turns = 3;
  options.overlay = OverlayPolicy::with;
  const Shown shown = shown_at_first(options);
  EXPECT_THAT(shown.files, ElementsAre("a"));
  EXPECT_EQ(shown.pattern, "grid");
  EXPECT_EQ(shown.fit, Fit::cover);
  EXPECT_EQ(shown.quarter_turns, 3);
  EXPECT_TRUE(shown.overlay);
  EXPECT_FALSE(shown.paused);
}

}  // namespace
}  // namespace drmshow
