#include "show/cables.hpp"

#include <gtest/gtest.h>

#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using test::make_mode;
using test::SnapshotBuilder;

SnapshotBuilder two_outputs() {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.simple_output();
  return builder;
}

TEST(WantedOutputs, AreThoseThatAreConnected) {
  SnapshotBuilder builder = two_outputs();
  EXPECT_EQ(wanted_outputs(builder.build(), {}).size(), 2u);
  builder = two_outputs();
  builder.data.connectors[0].connection = Connection::disconnected;
  const Snapshot snapshot = builder.build();
  const auto wanted = wanted_outputs(snapshot, {});
  ASSERT_EQ(wanted.size(), 1u);
  EXPECT_EQ(wanted[0].connector, snapshot.connectors()[1].id);
}

TEST(WantedOutputs, AreNoneWithoutACable) {
  SnapshotBuilder builder = two_outputs();
  for (Connector& connector : builder.data.connectors) {
    connector.connection = Connection::disconnected;
    connector.modes.clear();
  }
  EXPECT_TRUE(wanted_outputs(builder.build(), {}).empty());
}

TEST(WantedOutputs, ChangeWithTheModeThatIsChosenOnly) {
  SnapshotBuilder builder = two_outputs();
  const auto before = wanted_outputs(builder.build(), {});
  builder = two_outputs();
  builder.data.connectors[0].modes.push_back(make_mode(640, 480, 25175, 800, 525));
  EXPECT_EQ(wanted_outputs(builder.build(), {}), before);
  builder = two_outputs();
  builder.data.connectors[0].modes = {make_mode(640, 480, 25175, 800, 525)};
  EXPECT_FALSE(wanted_outputs(builder.build(), {}) == before);
}

TEST(WantedOutputs, KeepToTheNamesThatWereGiven) {
  Options options;
  options.outputs = {"DP-2"};
  SnapshotBuilder builder = two_outputs();
  EXPECT_EQ(wanted_outputs(builder.build(), options).size(), 1u);
  builder = two_outputs();
  builder.data.connectors[1].connection = Connection::disconnected;
  EXPECT_TRUE(wanted_outputs(builder.build(), options).empty());
}

}  // namespace
}  // namespace drmshow
