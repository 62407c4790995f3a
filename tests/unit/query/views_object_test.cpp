#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "golden_text.hpp"
#include "query/views/object_view.hpp"
#include "query/views/route_text.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

ObjectRef first(const Report& report, ObjectKind kind) {
  switch (kind) {
    case ObjectKind::connector:
      return {kind, report.kms->connectors()[1].id.raw()};
    case ObjectKind::encoder:
      return {kind, report.kms->encoders()[1].id.raw()};
    case ObjectKind::crtc:
      return {kind, report.kms->crtcs()[0].id.raw()};
    case ObjectKind::plane:
      return {kind, report.kms->planes()[0].id.raw()};
    case ObjectKind::framebuffer:
      return {kind, report.kms->framebuffers()[0].id.raw()};
    default:
      return {ObjectKind::colorop, 201};
  }
}

TEST(ObjectRef, HasOneNameInAllViews) {
  const Report report = laptop();
  const std::uint32_t id = report.kms->connectors()[1].id.raw();
  EXPECT_EQ(object_label(report, {ObjectKind::connector, id}),
            "connector/" + std::to_string(id) + " DP-1");
  EXPECT_EQ(object_label(report, {ObjectKind::connector, 9999}), "connector/9999");
  EXPECT_EQ(object_label(report, {ObjectKind::framebuffer, 5}), "fb/5");
  EXPECT_EQ(object_label(report, {ObjectKind::crtc, 0}), "none");
  Connector without_id;
  without_id.name = "DP\n1";
  EXPECT_EQ(label(without_id), "connector DP?1");
}

TEST(ObjectView, ShowsTheRouteOfEachKind) {
  const Report report = laptop();
  for (const ObjectKind kind : {ObjectKind::connector, ObjectKind::encoder, ObjectKind::crtc,
                                ObjectKind::plane, ObjectKind::framebuffer, ObjectKind::colorop}) {
    const ObjectRef object = first(report, kind);
    const auto routes = routes_through(*report.kms, object);
    EXPECT_FALSE(routes.empty()) << label(object);
    for (const std::string& route : routes) {
      EXPECT_THAT(object_view(report, object, {true, false, 0}), HasSubstr(route));
    }
  }
}

TEST(Routes, GoFromFramebufferToConnector) {
  const Report report = laptop();
  const Plane& plane = report.kms->planes()[3];
  const Connector& connector = report.kms->connectors()[1];
  EXPECT_THAT(
      routes_through(*report.kms, {ObjectKind::plane, plane.id.raw()}),
      ElementsAre(label(plane.fb) + " → " + label(plane.id) + " primary → " + label(plane.crtc) +
                  " → " + label(connector.encoder) + " → " + label(connector)));
}

TEST(Routes, OfAnUnusedObjectThereAreNone) {
  const Report report = laptop();
  const Plane& overlay = report.kms->planes()[1];
  const ObjectRef object{ObjectKind::plane, overlay.id.raw()};
  EXPECT_TRUE(routes_through(*report.kms, object).empty());
  EXPECT_THAT(object_view(report, object, {true, false, 0}), HasSubstr("route: none"));
}

TEST(ObjectView, RefusesWhatIsNotThereAndSaysWhatIs) {
  const Report report = laptop();
  for (const ObjectRef object : {ObjectRef{ObjectKind::crtc, 999}, ObjectRef{ObjectKind::crtc, 0},
                                 ObjectRef{ObjectKind::blob, 1}}) {
    EXPECT_THROW(object_view(report, object, {}), Error) << label(object);
  }
  try {
    object_view(report, {ObjectKind::crtc, 999}, {});
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::usage);
    EXPECT_STREQ(error.what(), "card1: there is no crtc/999");
    EXPECT_EQ(error.hint(), "card1 has crtc/31, crtc/32.");
  }
  EXPECT_THROW(object_view(render_only(), {ObjectKind::crtc, 1}, {}), Error);
}

TEST(ObjectView, LooksAsWantedWithProperties) {
  const Report report = laptop();
  std::string text;
  for (const ObjectKind kind : {ObjectKind::connector, ObjectKind::encoder, ObjectKind::crtc,
                                ObjectKind::plane, ObjectKind::framebuffer, ObjectKind::colorop}) {
    text += object_view(report, first(report, kind), {true, false, 100}) + '\n';
  }
  expect_golden("object-laptop-full-100", text);
}

}  // namespace
}  // namespace drmshow::test
