// What a broken or wicked driver tells must not reach the terminal as it is, nor bring us down.
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "query/routing.hpp"
#include "query/views/formats_view.hpp"
#include "query/views/object_view.hpp"
#include "query/views/summary.hpp"
#include "query/views/tree.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

std::string all_objects(const Report& report, const TextStyle& style) {
  std::string text;
  const auto add = [&](ObjectKind kind, std::uint32_t id) {
    if (id != 0) text += object_view(report, {kind, id}, style);
  };
  for (const auto& each : report.kms->connectors()) add(ObjectKind::connector, each.id.raw());
  for (const auto& each : report.kms->encoders()) add(ObjectKind::encoder, each.id.raw());
  for (const auto& each : report.kms->crtcs()) add(ObjectKind::crtc, each.id.raw());
  for (const auto& each : report.kms->planes()) add(ObjectKind::plane, each.id.raw());
  for (const auto& each : report.kms->framebuffers()) add(ObjectKind::framebuffer, each.id.raw());
  for (const auto& each : report.kms->colorops()) add(ObjectKind::colorop, each.id);
  return text;
}

std::string all_views(const Report& report, const TextStyle& style) {
  std::string text = summary({&report, 1}, style);
  text += tree(report, style, Timings::show);
  text += formats_view(report, style);
  if (report.kms) text += all_objects(report, style);
  return text;
}

using Maker = Report (*)();
constexpr Maker makers[] = {laptop, many_planes, render_only, sysfs_only, hostile};

TEST(AllViews, ShowNoControlCharacters) {
  for (const Maker make : makers) {
    for (const int width : {0, 1, 20, 80, 200}) {
      const std::string text = all_views(make(), {true, false, width});
      for (const char c : text) {
        ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << int{c};
        ASSERT_NE(c, '\x7f');
      }
      ASSERT_EQ(printable({}, text.substr(0, text.find('\n'))), text.substr(0, text.find('\n')));
      ASSERT_EQ(text.find("\xc2\x9b"), std::string::npos);
      ASSERT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
      ASSERT_EQ(text.find('\xff'), std::string::npos);
    }
  }
}

TEST(AllViews, AreAsciiWhereThatIsAskedFor) {
  for (const Maker make : makers) {
    const std::string text = all_views(make(), {false, false, 80});
    for (std::size_t at = 0; at < text.size(); ++at) {
      ASSERT_LT(static_cast<unsigned char>(text[at]), 0x7f)
          << text.substr(at - std::min<std::size_t>(at, 60), 70);
    }
  }
}

TEST(AllViews, EndNoLineWithABlank) {
  for (const Maker make : makers) {
    const std::string text = all_views(make(), {true, false, 80});
    const std::size_t at = text.find(" \n");
    ASSERT_EQ(at, std::string::npos) << text.substr(at - std::min<std::size_t>(at, 60), 61);
  }
}

TEST(AllViews, SayTheSameInColour) {
  for (const Maker make : makers) {
    std::string text = all_views(make(), {true, true, 80});
    for (std::size_t at; (at = text.find('\x1b')) != std::string::npos;) {
      text.erase(at, text.find('m', at) - at + 1);
    }
    EXPECT_EQ(text, all_views(make(), {true, false, 80}));
  }
}

TEST(Routing, EndsInALoopOfColorops) {
  const Report report = hostile();
  EXPECT_EQ(pipeline_from(*report.kms, 300).size(), 2u);
  EXPECT_TRUE(pipeline_from(*report.kms, 77).empty());
}

TEST(Routing, NamesBitsWithoutAnObject) {
  const Report report = hostile();
  EXPECT_EQ(crtc_labels(*report.kms, {1u << 31}).front(), "index 31 (no such CRTC)");
  EXPECT_EQ(crtc_labels(*report.kms, {0x80000016}).front(), "index 1 to 2, 4, 31 (no such CRTC)");
  EXPECT_EQ(clone_labels(*report.kms, report.kms->encoders()[0]).front(),
            "index 1 to 31 (no such encoder)");
}

}  // namespace
}  // namespace drmshow::test
