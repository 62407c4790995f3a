// Which CRTC and plane for which connector: tables of hard cases, and random hardware checked
// against trying everything.
#include "kms/pipeline.hpp"

#include <algorithm>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using test::SnapshotBuilder;

std::vector<const Connector*> all_connectors(const Snapshot& snapshot) {
  std::vector<const Connector*> all;
  for (const Connector& connector : snapshot.connectors()) all.push_back(&connector);
  return all;
}

using Routes = std::vector<std::optional<Route>>;

Routes solve(const Snapshot& snapshot) {
  const auto wanted = all_connectors(snapshot);
  return assign_routes(snapshot, wanted, formats::xrgb8888);
}

std::ptrdiff_t lit(const Routes& routes) {
  return std::ranges::count_if(routes, [](const auto& route) { return route.has_value(); });
}

unsigned crtc_of(const Routes& routes, std::size_t connector) {
  return routes.at(connector)->crtc->index.raw();
}

// One plane for each of `count` CRTCs.
SnapshotBuilder crtcs_with_planes(int count) {
  SnapshotBuilder builder;
  for (int i = 0; i < count; ++i) {
    builder.crtc();
    builder.plane(PlaneType::primary, 1u << i);
  }
  return builder;
}

TEST(AssignRoutes, NothingIsLitYet) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.simple_output();
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  EXPECT_EQ(lit(routes), 2);
  EXPECT_EQ(crtc_of(routes, 0), 0u);
  EXPECT_EQ(crtc_of(routes, 1), 1u);
  EXPECT_EQ(routes[1]->plane, &snapshot.planes()[1]);
}

// Greedy takes CRTC 0 for the first connector and leaves none for the second.
TEST(AssignRoutes, TheChoosyConnectorGetsItsOnlyCrtc) {
  SnapshotBuilder builder = crtcs_with_planes(2);
  builder.connector({builder.encoder(0b11)});
  builder.connector({builder.encoder(0b01)});
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  ASSERT_EQ(lit(routes), 2);
  EXPECT_EQ(crtc_of(routes, 0), 1u);
  EXPECT_EQ(crtc_of(routes, 1), 0u);
}

// Each has to move for the next one: a chain of augmenting steps.
TEST(AssignRoutes, AChainOfConflictsIsSolved) {
  SnapshotBuilder builder = crtcs_with_planes(4);
  builder.connector({builder.encoder(0b0011)});
  builder.connector({builder.encoder(0b0110)});
  builder.connector({builder.encoder(0b1100)});
  builder.connector({builder.encoder(0b0001)});
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  ASSERT_EQ(lit(routes), 4);
  EXPECT_EQ(crtc_of(routes, 3), 0u);
  EXPECT_EQ(crtc_of(routes, 0), 1u);
  EXPECT_EQ(crtc_of(routes, 1), 2u);
  EXPECT_EQ(crtc_of(routes, 2), 3u);
}

TEST(AssignRoutes, EarlierWishesWinWhenNotAllCanBeLit) {
  SnapshotBuilder builder = crtcs_with_planes(1);
  builder.connector({builder.encoder(1)});
  builder.connector({builder.encoder(1)});
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  EXPECT_TRUE(routes[0].has_value());
  EXPECT_FALSE(routes[1].has_value());
  EXPECT_EQ(why_dark(snapshot, snapshot.connectors()[1], routes),
            "every CRTC it could use is needed by DP-1");
}

TEST(AssignRoutes, MoreOutputsGoBeforeEarlierWishes) {
  SnapshotBuilder builder = crtcs_with_planes(2);
  const std::size_t shared = builder.encoder(0b11);
  builder.connector({shared});
  builder.connector({shared});
  builder.connector({builder.encoder(0b01)});
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  EXPECT_EQ(lit(routes), 2);  // the shared encoder drives one of its two connectors
  EXPECT_TRUE(routes[0].has_value());
  EXPECT_TRUE(routes[2].has_value());
}

TEST(AssignRoutes, AnEncoderDrivesOneConnector) {
  SnapshotBuilder builder = crtcs_with_planes(2);
  const std::size_t encoder = builder.encoder(0b11);
  builder.connector({encoder});
  builder.connector({encoder});
  EXPECT_EQ(lit(solve(builder.build())), 1);
}

TEST(AssignRoutes, ASecondEncoderWidensTheChoice) {
  SnapshotBuilder builder = crtcs_with_planes(2);
  const std::size_t first = builder.encoder(0b01);
  const std::size_t second = builder.encoder(0b10);
  builder.connector({first});
  builder.connector({first, second});
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  ASSERT_EQ(lit(routes), 2);
  EXPECT_EQ(crtc_of(routes, 1), 1u);
}

TEST(AssignRoutes, WhatIsLitStaysWhereItIs) {
  SnapshotBuilder builder = crtcs_with_planes(2);
  builder.connector({builder.encoder(0b11)});
  builder.connector({builder.encoder(0b11)});
  builder.light(0, 0, 1, 1);
  builder.light(1, 1, 0, 0);
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  EXPECT_EQ(crtc_of(routes, 0), 1u);
  EXPECT_EQ(crtc_of(routes, 1), 0u);
}

TEST(AssignRoutes, OtherLitOutputsAreLeftAloneIfPossible) {
  SnapshotBuilder builder = crtcs_with_planes(2);
  builder.connector({builder.encoder(0b11)});
  builder.connector({builder.encoder(0b11)});
  builder.light(0, 0, 0, 0);
  const Snapshot snapshot = builder.build();
  const Connector* const wanted[] = {&snapshot.connectors()[1]};
  const Routes routes = assign_routes(snapshot, wanted, formats::xrgb8888);
  EXPECT_EQ(routes.at(0)->crtc->index.raw(), 1u);
}

TEST(AssignRoutes, ACrtcIsTakenOverWhenThereIsNoOther) {
  SnapshotBuilder builder = crtcs_with_planes(1);
  builder.connector({builder.encoder(1)});
  builder.connector({builder.encoder(1)});
  builder.light(0, 0, 0, 0);
  const Snapshot snapshot = builder.build();
  const Connector* const wanted[] = {&snapshot.connectors()[1]};
  EXPECT_TRUE(assign_routes(snapshot, wanted, formats::xrgb8888)[0].has_value());
}

// Planes that any CRTC can use: each still serves one.
TEST(AssignRoutes, SharedPlanesAreDistributed) {
  SnapshotBuilder builder;
  builder.crtc();
  builder.crtc();
  builder.plane(PlaneType::primary, 0b11);
  builder.plane(PlaneType::primary, 0b01);
  builder.connector({builder.encoder(0b01)});
  builder.connector({builder.encoder(0b10)});
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  ASSERT_EQ(lit(routes), 2);
  EXPECT_EQ(routes[0]->plane, &snapshot.planes()[1]);
  EXPECT_EQ(routes[1]->plane, &snapshot.planes()[0]);
}

TEST(AssignRoutes, PrimaryBeforeOverlayNeverCursor) {
  SnapshotBuilder builder;
  builder.crtc();
  builder.plane(PlaneType::cursor, 1);
  builder.plane(PlaneType::overlay, 1);
  builder.plane(PlaneType::primary, 1);
  builder.connector({builder.encoder(1)});
  const Snapshot snapshot = builder.build();
  EXPECT_EQ(solve(snapshot)[0]->plane->type, PlaneType::primary);
}

TEST(AssignRoutes, AnOverlayServesWhenThePrimaryLacksTheFormat) {
  SnapshotBuilder builder;
  builder.crtc();
  builder.plane(PlaneType::primary, 1, {formats::rgb565});
  builder.plane(PlaneType::overlay, 1);
  builder.connector({builder.encoder(1)});
  const Snapshot snapshot = builder.build();
  EXPECT_EQ(solve(snapshot)[0]->plane->type, PlaneType::overlay);
}

TEST(AssignRoutes, NoPlaneThatFits) {
  SnapshotBuilder builder;
  builder.crtc();
  builder.plane(PlaneType::primary, 1, {formats::rgb565});
  builder.connector({builder.encoder(1)});
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  EXPECT_FALSE(routes[0].has_value());
  EXPECT_EQ(why_dark(snapshot, snapshot.connectors()[0], routes),
            "no plane that can show pictures fits any of its CRTCs");
}

TEST(AssignRoutes, AConnectorWithoutEncoder) {
  SnapshotBuilder builder = crtcs_with_planes(1);
  builder.connector({});
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  EXPECT_FALSE(routes[0].has_value());
  EXPECT_EQ(why_dark(snapshot, snapshot.connectors()[0], routes),
            "it has no encoder that any CRTC can drive");
}

// The kernel refuses to move a plane between CRTCs in one commit.
TEST(AssignRoutes, APlaneInUseElsewhereIsAvoided) {
  SnapshotBuilder builder;
  builder.crtc();
  builder.crtc();
  builder.plane(PlaneType::primary, 0b11);
  builder.plane(PlaneType::primary, 0b11);
  builder.connector({builder.encoder(0b01)});
  builder.connector({builder.encoder(0b10)});
  builder.light(0, 0, 0, 1);  // CRTC 0 uses plane 1
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  ASSERT_EQ(lit(routes), 2);
  EXPECT_EQ(routes[0]->plane, &snapshot.planes()[1]);
  EXPECT_EQ(routes[1]->plane, &snapshot.planes()[0]);
}

TEST(AssignRoutes, DriversWithoutUniversalPlanes) {
  SnapshotBuilder builder;
  builder.crtc();
  builder.connector({builder.encoder(1)});
  const Snapshot snapshot = builder.build();
  const Routes routes = solve(snapshot);
  ASSERT_TRUE(routes[0].has_value());
  EXPECT_EQ(routes[0]->plane, nullptr);
}

TEST(AssignRoutes, ThirtyTwoOfEverything) {
  SnapshotBuilder builder = crtcs_with_planes(32);
  for (unsigned i = 0; i < 32; ++i) builder.connector({builder.encoder(0xffffffffu >> i)});
  EXPECT_EQ(lit(solve(builder.build())), 32);
}

// Tries every combination: the truth for small hardware.
class BruteForce {
 public:
  explicit BruteForce(const Snapshot& snapshot) : snapshot_{snapshot} {}

  int best(std::size_t connector = 0) {
    if (connector == snapshot_.connectors().size()) return 0;
    int most = best(connector + 1);  // leaving this one dark
    for (const EncoderId encoder : snapshot_.connectors()[connector].encoders) {
      most = std::max(most, with_encoder(connector, *snapshot_.find(encoder)));
    }
    return most;
  }

 private:
  int with_encoder(std::size_t connector, const Encoder& encoder) {
    int most = 0;
    for (const Crtc& crtc : snapshot_.crtcs()) {
      if (!encoder.possible_crtcs.contains(crtc.index)) continue;
      for (const Plane& plane : snapshot_.planes()) {
        if (!plane.possible_crtcs.contains(crtc.index)) continue;
        const std::set<std::uint32_t> taken{encoder.id.raw(), crtc.id.raw(), plane.id.raw()};
        if (std::ranges::any_of(taken, [&](auto id) { return used_.contains(id); })) continue;
        used_.insert(taken.begin(), taken.end());
        most = std::max(most, 1 + best(connector + 1));
        for (const auto id : taken) used_.erase(id);
      }
    }
    return most;
  }

  const Snapshot& snapshot_;
  std::set<std::uint32_t> used_;
};

void expect_possible(const Snapshot& snapshot, const Routes& routes) {
  std::set<const Crtc*> crtcs;
  std::set<const Plane*> planes;
  for (const auto& route : routes) {
    if (!route) continue;
    EXPECT_TRUE(crtcs.insert(route->crtc).second);
    EXPECT_TRUE(planes.insert(route->plane).second);
    EXPECT_TRUE(snapshot.possible_crtcs(*route->connector).contains(route->crtc->index));
    EXPECT_TRUE(route->plane->possible_crtcs.contains(route->crtc->index));
  }
}

TEST(AssignRoutes, RandomHardwareIsSolvedAsWellAsByTryingEverything) {
  std::mt19937 random{20261121};
  const auto below = [&](std::uint32_t limit) {
    return static_cast<std::uint32_t>(random()) % limit;
  };
  for (int round = 0; round < 400; ++round) {
    SnapshotBuilder builder;
    const std::uint32_t crtcs = 1 + below(4);
    for (std::uint32_t i = 0; i < crtcs; ++i) builder.crtc();
    builder.plane(PlaneType::primary, 1 + below((1u << crtcs) - 1));
    for (std::uint32_t i = below(4); i > 0; --i) {
      builder.plane(PlaneType::primary, below(1u << crtcs));
    }
    const std::uint32_t encoders = 1 + below(4);
    for (std::uint32_t i = 0; i < encoders; ++i) builder.encoder(below(1u << crtcs));
    for (std::uint32_t i = 1 + below(4); i > 0; --i) {
      builder.connector({below(encoders), below(encoders)});
    }
    const Snapshot snapshot = builder.build();
    const Routes routes = solve(snapshot);
    expect_possible(snapshot, routes);
    EXPECT_EQ(lit(routes), BruteForce{snapshot}.best()) << "round " << round;
  }
}

}  // namespace
}  // namespace drmshow
