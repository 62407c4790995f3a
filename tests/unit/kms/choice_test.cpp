// What users say about outputs and properties, and what they are told when it makes no sense.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "kms/kernel_log.hpp"
#include "kms/output_choice.hpp"
#include "kms/property_setting.hpp"
#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using test::SnapshotBuilder;
using testing::HasSubstr;

template <class Action>
Error error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "no error";
  return Error{Failure::unexpected, ""};
}

Snapshot three_connectors() {
  SnapshotBuilder builder;
  const std::size_t crtc = builder.encoder(1);
  builder.crtc();
  builder.connector({crtc}, Connection::connected, "HDMI-A");
  builder.connector({crtc}, Connection::disconnected, "DP");
  builder.connector({crtc}, Connection::unknown, "VGA");
  return builder.build();
}

TEST(ChooseOutputs, AllConnectedOnesByDefault) {
  const Snapshot snapshot = three_connectors();
  const auto chosen = choose_outputs(snapshot, {});
  ASSERT_EQ(chosen.size(), 1u);
  EXPECT_EQ(chosen[0]->name, "HDMI-A-1");
}

TEST(ChooseOutputs, NamesInTheOrderGivenEachOnce) {
  SnapshotBuilder builder;
  builder.simple_output();
  builder.simple_output();
  const Snapshot snapshot = builder.build();
  const std::string names[] = {"DP-2", "DP-1", "DP-2"};
  const auto chosen = choose_outputs(snapshot, names);
  ASSERT_EQ(chosen.size(), 2u);
  EXPECT_EQ(chosen[0]->name, "DP-2");
}

TEST(ChooseOutputs, AMistypedNameIsSuggested) {
  const Snapshot snapshot = three_connectors();
  const std::string names[] = {"hdmi-1"};
  const Error error = error_of([&] { choose_outputs(snapshot, names); });
  EXPECT_EQ(error.failure(), Failure::no_output);
  EXPECT_THAT(error.hint(), HasSubstr("Did you mean \"HDMI-A-1\"?"));
  EXPECT_THAT(error.hint(), HasSubstr("DP-2 (disconnected)"));
}

TEST(ChooseOutputs, ADisconnectedOneIsRefused) {
  const Snapshot snapshot = three_connectors();
  const std::string names[] = {"DP-2"};
  const Error error = error_of([&] { choose_outputs(snapshot, names); });
  EXPECT_EQ(error.failure(), Failure::no_output);
  EXPECT_STREQ(error.what(), "nothing is connected to DP-2");
}

TEST(ChooseOutputs, NoneConnected) {
  SnapshotBuilder builder;
  builder.connector({}, Connection::disconnected);
  const Snapshot snapshot = builder.build();
  EXPECT_EQ(error_of([&] { choose_outputs(snapshot, {}); }).failure(), Failure::no_output);
}

TEST(ChooseOutputs, WhatCannotTellIsTakenWhenNothingElseIsThere) {
  SnapshotBuilder builder;
  builder.connector({}, Connection::unknown, "VGA");
  builder.data.connectors[0].modes = {test::default_mode()};
  const Snapshot snapshot = builder.build();
  EXPECT_EQ(choose_outputs(snapshot, {}).size(), 1u);
}

struct SettingCase {
  const char* text;
  bool good;
};

TEST(ParsePropertySetting, Table) {
  const SettingCase cases[] = {
      {"plane.rotation=rotate-180", true},
      {"connector.max bpc=10", true},
      {"HDMI-A-1:crtc.VRR_ENABLED=1", true},
      {"plane.rotation", false},
      {"plane.rotation=", false},
      {"rotation=1", false},
      {"encoder.x=1", false},
      {"plane.=1", false},
      {"", false},
      {"=", false},
  };
  for (const auto& [text, good] : cases) {
    EXPECT_EQ(parse_property_setting(text).has_value(), good) << text;
  }
  const auto setting = parse_property_setting("HDMI-A-1:connector.max bpc=10");
  EXPECT_EQ(setting->output, "HDMI-A-1");
  EXPECT_EQ(setting->property, "max bpc");
  EXPECT_EQ(setting->value, "10");
}

class Resolve : public testing::Test {
 protected:
  Resolve() {
    SnapshotBuilder builder;
    builder.simple_output();
    builder.property(builder.data.planes[0], "rotation", 1, PropertyKind::bitmask);
    builder.info("rotation").entries = {{0, "rotate-0"}, {2, "rotate-180"}, {4, "reflect-x"}};
    builder.property(builder.data.connectors[0], "max bpc", 8);
    builder.info("max bpc").limits = {6, 16};
    builder.property(builder.data.connectors[0], "link-status", 0, PropertyKind::enumeration);
    builder.info("link-status").entries = {{0, "Good"}, {1, "Bad"}};
    builder.property(builder.data.planes[0], "type", 1);
    builder.info("type").immutable = true;
    snapshot_ = std::make_unique<Snapshot>(builder.build());
    route_ = {&snapshot_->connectors()[0], &snapshot_->crtcs()[0], &snapshot_->planes()[0]};
  }

  std::uint64_t value_of(const char* text) const {
    return std::get<std::uint64_t>(resolve(*parse_property_setting(text), route_).value);
  }

  std::unique_ptr<Snapshot> snapshot_;
  Route route_;
};

TEST_F(Resolve, Values) {
  EXPECT_EQ(value_of("plane.rotation=rotate-180"), 4u);
  EXPECT_EQ(value_of("plane.rotation=rotate-180|reflect-x"), 20u);
  EXPECT_EQ(value_of("connector.max bpc=10"), 10u);
  EXPECT_EQ(value_of("connector.max bpc=0xa"), 10u);
  EXPECT_EQ(value_of("connector.link-status=Bad"), 1u);
  EXPECT_EQ(value_of("plane.CRTC_X=-5"), static_cast<std::uint64_t>(-5));
}

TEST_F(Resolve, UnknownPropertyNamesTheNearest) {
  const Error error = error_of([&] { value_of("connector.max_bpc=10"); });
  EXPECT_EQ(error.failure(), Failure::usage);
  EXPECT_THAT(error.hint(), HasSubstr("Did you mean \"max bpc\"?"));
}

TEST_F(Resolve, ImmutablePropertiesCannotBeSet) {
  EXPECT_THAT(error_of([&] { value_of("plane.type=1"); }).what(), HasSubstr("\"type\""));
}

TEST_F(Resolve, UnknownValuesListWhatThereIs) {
  EXPECT_THAT(error_of([&] { value_of("plane.rotation=upside-down"); }).hint(),
              HasSubstr("rotate-0, rotate-180, reflect-x"));
  EXPECT_THAT(error_of([&] { value_of("connector.max bpc=ten"); }).hint(), HasSubstr("6 to 16"));
  EXPECT_THAT(error_of([&] { value_of("connector.link-status=Good|Bad"); }).what(),
              HasSubstr("Good|Bad"));
}

TEST(DrmMessage, PicksDrmLinesOutOfTheKernelLog) {
  EXPECT_EQ(drm_message("7,1234,5678,-;[drm:drm_atomic_check_only] [PLANE:31] bad\n SUBSYSTEM=x\n"),
            "[drm:drm_atomic_check_only] [PLANE:31] bad");
  EXPECT_EQ(drm_message("6,1,2,-;usb 1-1: new device\n"), std::nullopt);
  EXPECT_EQ(drm_message("garbage"), std::nullopt);
  EXPECT_EQ(drm_message(""), std::nullopt);
}

// What must not compile: a property of another object, a value of another type.
template <class Object, class Property, class Value>
concept CanSet = requires(AtomicRequest& request, const Object& object, Property property,
                          Value value) {
  request.set(object, property, value);
};

static_assert(CanSet<Plane, decltype(props::src_w), Fixed16_16>);
static_assert(!CanSet<Plane, decltype(props::src_w), int>);
static_assert(!CanSet<Crtc, decltype(props::src_w), Fixed16_16>);
static_assert(!CanSet<Plane, decltype(props::plane_crtc_id), PlaneId>);
static_assert(!CanSet<Plane, decltype(props::plane_crtc_id), CrtcIndex>);
static_assert(!CanSet<Connector, decltype(props::plane_crtc_id), CrtcId>);
static_assert(CanSet<Connector, decltype(props::connector_crtc_id), CrtcId>);

}  // namespace
}  // namespace drmshow
