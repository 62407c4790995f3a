// Finding out what the kernel means by "Invalid argument", with drivers made by hand: functions
// that refuse a request for one reason.
#include "kms/blame.hpp"

#include <algorithm>
#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "snapshot_builder.hpp"

namespace drmshow {
namespace {

using test::SnapshotBuilder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

bool sets(const AtomicRequest& request, std::string_view name, std::uint64_t value) {
  return std::ranges::any_of(request.writes(), [&](const PropertyWrite& write) {
    const auto* number = std::get_if<std::uint64_t>(&write.value);
    return write.name == name && number && *number == value;
  });
}

int lit_crtcs(const AtomicRequest& request) {
  return static_cast<int>(std::ranges::count_if(
      request.writes(), [](const PropertyWrite& write) { return write.name == "ACTIVE"; }));
}

class FindBlame : public testing::Test {
 protected:
  explicit FindBlame(int outputs = 3) {
    SnapshotBuilder builder;
    for (int i = 0; i < outputs; ++i) builder.simple_output();
    for (Connector& connector : builder.data.connectors) {
      connector.modes.push_back(test::make_mode(640, 480, 25175, 800, 525));
      connector.modes.push_back(test::make_mode(1920, 1080, 148500, 2200, 1125));
      builder.property(connector, "max bpc", 8);
    }
    snapshot_ = std::make_unique<Snapshot>(builder.build());
    for (std::size_t i = 0; i < snapshot_->connectors().size(); ++i) {
      candidates_.push_back(
          {{{&snapshot_->connectors()[i], &snapshot_->crtcs()[i], &snapshot_->planes()[i]},
            test::default_mode(),
            FramebufferId{90}},
           {}});
    }
  }

  void ask_for_bpc(std::size_t output, std::uint64_t value) {
    const Connector& connector = *candidates_[output].plan.route.connector;
    const Property* property = connector.properties.find("max bpc");
    candidates_[output].extras.add({ref(connector), property->info->id, "max bpc", value});
  }

  Blame blame(const TestCommit& driver) { return find_blame(*snapshot_, candidates_, driver); }
  std::vector<std::string> account(const TestCommit& driver) {
    return describe(blame(driver), candidates_);
  }

  std::unique_ptr<Snapshot> snapshot_;
  std::vector<Candidate> candidates_;
};

TEST_F(FindBlame, TheOutputThatIsRefusedAlone) {
  const std::uint64_t second = snapshot_->crtcs()[1].id.raw();
  const auto driver = [&](const AtomicRequest& request) {
    return sets(request, "CRTC_ID", second) ? EINVAL : 0;
  };
  EXPECT_THAT(blame(driver).outputs, ElementsAre(1));
  EXPECT_THAT(account(driver), ElementsAre(HasSubstr("DP-2 (1024x768 @ 60.00 Hz")));
}

TEST_F(FindBlame, ThePropertyWithoutWhichItIsAccepted) {
  ask_for_bpc(0, 16);
  const auto driver = [](const AtomicRequest& request) {
    return sets(request, "max bpc", 16) ? EINVAL : 0;
  };
  const Blame found = blame(driver);
  EXPECT_THAT(found.outputs, ElementsAre(0));
  ASSERT_THAT(found.properties, SizeIs(1));
  EXPECT_EQ(found.properties[0].name, "max bpc");
  EXPECT_THAT(account(driver),
              ElementsAre(testing::AllOf(HasSubstr("DP-1"), HasSubstr("max bpc = 16"))));
}

TEST_F(FindBlame, TheModeWhenAnotherOneIsAccepted) {
  const auto is_640_wide = [](const AtomicRequest& request) {
    return sets(request, "CRTC_W", 640) ? 0 : ERANGE;
  };
  const Blame found = blame(is_640_wide);
  EXPECT_THAT(found.outputs, ElementsAre(0, 1, 2));
  ASSERT_THAT(found.accepted_modes, SizeIs(1));  // 1920x1080 has no framebuffer and is not tried
  EXPECT_THAT(account(is_640_wide), ElementsAre(HasSubstr("--mode 640x480@59.94 would be accepted"),
                                                HasSubstr("DP-2"), HasSubstr("DP-3")));
}

TEST_F(FindBlame, TooManyTogether) {
  const auto two_at_most = [](const AtomicRequest& request) {
    return lit_crtcs(request) > 2 ? EINVAL : 0;
  };
  const Blame found = blame(two_at_most);
  EXPECT_TRUE(found.outputs.empty());
  EXPECT_EQ(found.accepted_together, 2u);
  EXPECT_THAT(account(two_at_most), ElementsAre(HasSubstr("DP-3 is one too many")));
}

TEST_F(FindBlame, NoSingleCause) {
  EXPECT_THAT(account([](const AtomicRequest&) { return EINVAL; }),
              ElementsAre(HasSubstr("no single property"), HasSubstr("too"), HasSubstr("too")));
}

TEST_F(FindBlame, ARefusalThatDoesNotComeBackHasNoAccount) {
  EXPECT_TRUE(account([](const AtomicRequest&) { return 0; }).empty());
}

}  // namespace
}  // namespace drmshow
