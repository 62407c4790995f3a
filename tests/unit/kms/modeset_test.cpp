#include "kms/modeset.hpp"

#include <cstring>
#include <optional>

#include <gtest/gtest.h>

#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using test::SnapshotBuilder;

const PropertyWrite* find(const AtomicRequest& request, ObjectRef object, std::string_view name) {
  for (const PropertyWrite& write : request.writes()) {
    if (write.object == object && write.name == name) return &write;
  }
  return nullptr;
}

std::optional<std::uint64_t> number(const AtomicRequest& request, ObjectRef object,
                                    std::string_view name) {
  const PropertyWrite* write = find(request, object, name);
  if (!write || !std::holds_alternative<std::uint64_t>(write->value)) return std::nullopt;
  return std::get<std::uint64_t>(write->value);
}

OutputPlan plan_for(const Snapshot& snapshot, std::size_t i, Mode mode = test::default_mode()) {
  return {{&snapshot.connectors()[i], &snapshot.crtcs()[i], &snapshot.planes()[i]},
          mode,
          FramebufferId{99}};
}

TEST(ModesetRequest, SetsAllThatAPictureNeeds) {
  SnapshotBuilder builder;
  builder.simple_output();
  const Snapshot snapshot = builder.build();
  const Mode uhd = test::make_mode(3840, 2160, 533250, 4000, 2222);
  const OutputPlan plan = plan_for(snapshot, 0, uhd);
  const AtomicRequest request = modeset_request(snapshot, {&plan, 1});
  EXPECT_EQ(request.missing(), "");
  const ObjectRef plane = ref(*plan.route.plane);
  const std::uint32_t crtc = plan.route.crtc->id.raw();
  EXPECT_EQ(number(request, ref(*plan.route.connector), "CRTC_ID"), crtc);
  EXPECT_EQ(number(request, ref(*plan.route.crtc), "ACTIVE"), 1u);
  EXPECT_EQ(number(request, plane, "CRTC_ID"), crtc);
  EXPECT_EQ(number(request, plane, "FB_ID"), 99u);
  EXPECT_EQ(number(request, plane, "SRC_W"), 251658240u);  // 3840 in 16.16
  EXPECT_EQ(number(request, plane, "SRC_H"), 141557760u);  // 2160 in 16.16
  EXPECT_EQ(number(request, plane, "CRTC_W"), 3840u);
  EXPECT_EQ(number(request, plane, "CRTC_H"), 2160u);
  EXPECT_EQ(request.writes().size(), 13u);
  const auto& blob = std::get<Bytes>(find(request, ref(*plan.route.crtc), "MODE_ID")->value);
  EXPECT_EQ(std::memcmp(blob.data(), &uhd.raw(), sizeof(drm_mode_modeinfo)), 0);
}

TEST(ModesetRequest, OtherOutputsStayAsTheyAre) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.simple_output();
  builder.light(0, 0, 0, 0);
  const Snapshot snapshot = builder.build();
  const OutputPlan plan = plan_for(snapshot, 1);
  const AtomicRequest request = modeset_request(snapshot, {&plan, 1});
  EXPECT_EQ(find(request, ref(snapshot.connectors()[0]), "CRTC_ID"), nullptr);
  EXPECT_EQ(find(request, ref(snapshot.crtcs()[0]), "ACTIVE"), nullptr);
  EXPECT_EQ(find(request, ref(snapshot.planes()[0]), "FB_ID"), nullptr);
}

TEST(ModesetRequest, WhatElseIsOnOurCrtcGoesOff) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.simple_output();
  const std::size_t cursor = builder.plane(PlaneType::cursor, 0b01);
  builder.light(0, 0, 0, 0);
  builder.data.planes[cursor].crtc = builder.data.crtcs[0].id;
  const Snapshot snapshot = builder.build();
  // Connector 1 takes over CRTC 0.
  const OutputPlan plan{{&snapshot.connectors()[1], &snapshot.crtcs()[0], &snapshot.planes()[0]},
                        test::default_mode(),
                        FramebufferId{99}};
  const AtomicRequest request = modeset_request(snapshot, {&plan, 1});
  EXPECT_EQ(number(request, ref(snapshot.connectors()[0]), "CRTC_ID"), 0u);
  EXPECT_EQ(number(request, ref(snapshot.planes()[cursor]), "FB_ID"), 0u);
  EXPECT_EQ(number(request, ref(snapshot.planes()[cursor]), "CRTC_ID"), 0u);
}

TEST(ModesetRequest, TheCrtcThatAConnectorLeavesGoesOff) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.simple_output();
  builder.light(0, 0, 0, 0);
  const Snapshot snapshot = builder.build();
  const OutputPlan plan{{&snapshot.connectors()[0], &snapshot.crtcs()[1], &snapshot.planes()[1]},
                        test::default_mode(),
                        FramebufferId{99}};
  const AtomicRequest request = modeset_request(snapshot, {&plan, 1});
  EXPECT_EQ(number(request, ref(snapshot.crtcs()[0]), "ACTIVE"), 0u);
  EXPECT_EQ(number(request, ref(snapshot.crtcs()[0]), "MODE_ID"), 0u);
  EXPECT_EQ(number(request, ref(snapshot.planes()[0]), "FB_ID"), 0u);
  EXPECT_EQ(number(request, ref(snapshot.crtcs()[1]), "ACTIVE"), 1u);
}

TEST(ModesetRequest, AMissingPropertyIsNamed) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.data.planes[0].properties = PropertySet{};
  const Snapshot snapshot = builder.build();
  const OutputPlan plan = plan_for(snapshot, 0);
  EXPECT_EQ(modeset_request(snapshot, {&plan, 1}).missing(), "plane 32 has no property CRTC_ID");
}

TEST(UndoRequest, BringsEveryChangedPropertyBack) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.light(0, 0, 0, 0);
  const Snapshot snapshot = builder.build();
  const OutputPlan plan = plan_for(snapshot, 0);
  const AtomicRequest change = modeset_request(snapshot, {&plan, 1});
  const AtomicRequest undo = undo_request(snapshot, change);
  ASSERT_EQ(undo.writes().size(), change.writes().size());
  EXPECT_EQ(number(undo, ref(snapshot.planes()[0]), "FB_ID"), snapshot.planes()[0].fb.raw());
  EXPECT_EQ(number(undo, ref(snapshot.crtcs()[0]), "ACTIVE"), 1u);
}

// A dock was plugged in while something was shown.
TEST(UndoRequest, AConnectorThatIsNewerLetsGoOfItsCrtc) {
  SnapshotBuilder before_builder;
  before_builder.simple_output();
  const Snapshot before = before_builder.build();
  const ObjectRef newer{ObjectType::connector, 4711};
  AtomicRequest change;
  change.add({newer, PropertyId{20}, "CRTC_ID", std::uint64_t{50}});
  change.add({newer, PropertyId{21}, "Colorspace", std::uint64_t{0}});
  for (const AtomicRequest& back : {undo_request(before, change), dark_request(before, change)}) {
    ASSERT_EQ(back.writes().size(), 1u);
    EXPECT_EQ(number(back, newer, "CRTC_ID"), 0u);
  }
}

// By the time of the undo the kernel has dropped its blob: only the contents can be restored.
TEST(UndoRequest, BlobsComeBackByContents) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.light(0, 0, 0, 0);
  const Snapshot snapshot = builder.build();
  const OutputPlan plan = plan_for(snapshot, 0, test::make_mode(640, 480, 25175, 800, 525));
  const AtomicRequest undo = undo_request(snapshot, modeset_request(snapshot, {&plan, 1}));
  const auto& blob = std::get<Bytes>(find(undo, ref(snapshot.crtcs()[0]), "MODE_ID")->value);
  const Mode before = test::default_mode();
  EXPECT_EQ(std::memcmp(blob.data(), &before.raw(), sizeof(drm_mode_modeinfo)), 0);
}

TEST(UndoRequest, WhatWasOffGoesOffAgain) {
  SnapshotBuilder builder;
  builder.simple_output();
  const Snapshot snapshot = builder.build();
  const OutputPlan plan = plan_for(snapshot, 0);
  const AtomicRequest undo = undo_request(snapshot, modeset_request(snapshot, {&plan, 1}));
  EXPECT_EQ(number(undo, ref(snapshot.crtcs()[0]), "ACTIVE"), 0u);
  EXPECT_EQ(number(undo, ref(snapshot.crtcs()[0]), "MODE_ID"), 0u);
  EXPECT_EQ(number(undo, ref(snapshot.planes()[0]), "FB_ID"), 0u);
}

TEST(DarkRequest, TurnsEverythingTouchedOff) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.light(0, 0, 0, 0);
  const Snapshot snapshot = builder.build();
  const OutputPlan plan = plan_for(snapshot, 0);
  const AtomicRequest dark = dark_request(snapshot, modeset_request(snapshot, {&plan, 1}));
  EXPECT_EQ(number(dark, ref(snapshot.crtcs()[0]), "ACTIVE"), 0u);
  EXPECT_EQ(number(dark, ref(snapshot.planes()[0]), "FB_ID"), 0u);
  EXPECT_EQ(number(dark, ref(snapshot.connectors()[0]), "CRTC_ID"), 0u);
}

TEST(NeutralRequest, OnlyTouchesWhatIsNotNeutral) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.property(builder.data.crtcs[0], "GAMMA_LUT", 77, PropertyKind::blob);
  builder.property(builder.data.crtcs[0], "CTM", 0, PropertyKind::blob);
  builder.property(builder.data.crtcs[0], "VRR_ENABLED", 1);
  builder.property(builder.data.planes[0], "rotation", 4, PropertyKind::bitmask);
  builder.info("rotation").entries = {{0, "rotate-0"}, {2, "rotate-180"}, {4, "reflect-x"}};
  const Snapshot snapshot = builder.build();
  const AtomicRequest request = neutral_request(plan_for(snapshot, 0).route);
  EXPECT_EQ(request.writes().size(), 3u);
  EXPECT_EQ(number(request, ref(snapshot.crtcs()[0]), "GAMMA_LUT"), 0u);
  EXPECT_EQ(number(request, ref(snapshot.crtcs()[0]), "VRR_ENABLED"), 0u);
  EXPECT_EQ(number(request, ref(snapshot.planes()[0]), "rotation"), 1u);  // bit 0
  EXPECT_EQ(request.missing(), "");
}

TEST(AtomicRequest, TheLastWriteOfAPropertyCounts) {
  SnapshotBuilder builder;
  builder.simple_output();
  const Snapshot snapshot = builder.build();
  const Plane& plane = snapshot.planes()[0];
  AtomicRequest request;
  request.set(plane, props::crtc_x, 5);
  request.set(plane, props::crtc_x, -7);
  ASSERT_EQ(request.writes().size(), 1u);
  EXPECT_EQ(number(request, ref(plane), "CRTC_X"), static_cast<std::uint64_t>(-7));
  EXPECT_EQ(to_string(request.writes()[0]), "plane 32 CRTC_X = -7");
}

}  // namespace
}  // namespace drmshow
