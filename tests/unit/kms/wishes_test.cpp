#include "kms/wishes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using test::make_mode;
using test::SnapshotBuilder;
using testing::ElementsAre;
using testing::HasSubstr;

// DP-1 and DP-3 are plugged in, DP-2 is not; DP-3 is a dock that offers nothing.
Snapshot desk() {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.simple_output();
  builder.simple_output();
  builder.data.connectors[0].modes = {
      make_mode(1920, 1080, 148500, 2200, 1125, 0, DRM_MODE_TYPE_PREFERRED),
      make_mode(1280, 720, 74250, 1650, 750)};
  builder.data.connectors[1].connection = Connection::disconnected;
  builder.data.connectors[1].modes.clear();
  builder.data.connectors[2].modes.clear();
  return builder.build();
}

struct Outcome {
  std::vector<std::string> outputs;
  std::vector<std::string> notes;
};

Outcome outcome(std::vector<std::string> names, Strictness strictness) {
  const Snapshot snapshot = desk();
  const Wishes wishes{std::move(names), "preferred", {}, strictness};
  Outcome outcome;
  for (const Connector* output : wishes.outputs(snapshot, outcome.notes)) {
    outcome.outputs.push_back(output->name);
  }
  return outcome;
}

TEST(WishesTest, WhatOffersNothingIsLeftOut) {
  const Outcome all = outcome({}, Strictness::refuse);
  EXPECT_THAT(all.outputs, ElementsAre("DP-1"));
  EXPECT_THAT(all.notes, ElementsAre("DP-3 stays dark: it offers no modes"));
}

TEST(WishesTest, AtTheBeginningWhatIsNotThereIsAMistake) {
  EXPECT_THROW(outcome({"DP-1", "DP-2"}, Strictness::refuse), Error);
}

TEST(WishesTest, LaterItIsLeftOut) {
  EXPECT_THAT(outcome({"DP-1", "DP-2"}, Strictness::adapt).outputs, ElementsAre("DP-1"));
  EXPECT_THAT(outcome({"DP-3", "DP-1"}, Strictness::adapt).outputs, ElementsAre("DP-1"));
}

TEST(WishesTest, NothingAtAllIsAnErrorAlsoLater) {
  EXPECT_THROW(outcome({"DP-2"}, Strictness::adapt), Error);
}

TEST(WishesTest, AModeThatIsNotThereIsRefusedOrReplaced) {
  const Snapshot snapshot = desk();
  const Connector& monitor = snapshot.connectors()[0];
  std::vector<std::string> notes;
  EXPECT_THROW((Wishes{{}, "640x480", {}, Strictness::refuse}.mode_of(monitor, notes)), Error);
  const Mode mode = Wishes{{}, "640x480", {}, Strictness::adapt}.mode_of(monitor, notes);
  EXPECT_TRUE(same_timings(mode, monitor.modes[0]));
  EXPECT_THAT(notes, ElementsAre(HasSubstr("DP-1 has no mode 640x480")));
}

TEST(WishesTest, AnOutputsOwnModeComesFirst) {
  const Snapshot snapshot = desk();
  const std::string own[] = {"DP-1:1280x720"};
  std::vector<std::string> notes;
  const Wishes wishes{{}, "preferred", own, Strictness::refuse};
  EXPECT_EQ(wishes.mode_of(snapshot.connectors()[0], notes).size(), (Size{1280, 720}));
}

TEST(WishesTest, AModeForAnOutputThatIsNotThere) {
  const Snapshot snapshot = desk();
  const std::string own[] = {"DP-2:1280x720"};
  std::vector<std::string> notes;
  EXPECT_THROW((Wishes{{}, "preferred", own, Strictness::refuse}.outputs(snapshot, notes)), Error);
  EXPECT_NO_THROW((Wishes{{}, "preferred", own, Strictness::adapt}.outputs(snapshot, notes)));
}

}  // namespace
}  // namespace drmshow
