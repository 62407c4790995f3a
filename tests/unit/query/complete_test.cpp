#include "query/complete.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "json_reports.hpp"
#include "query/verbs.hpp"
#include "report_file.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

using Texts = std::vector<std::string>;

class Completion : public testing::Test {
 protected:
  Texts of(const Texts& words) const { return completions({{}, file.path()}, words); }

  const ReportFile file{json_of(laptop())};
};

TEST_F(Completion, OfNothingIsVerbsAndPaths) {
  for (const Texts& words : {Texts{}, Texts{""}}) {
    const Texts all = of(words);
    EXPECT_THAT(all, testing::IsSupersetOf({"tree", "watch", "DP-1", "eDP-1", "card1"}));
    EXPECT_TRUE(std::ranges::is_sorted(all));
    for (const std::string_view verb : verb_names()) EXPECT_THAT(all, Contains(std::string{verb}));
  }
}

TEST_F(Completion, IsWhatBeginsLikeTheWord) {
  EXPECT_THAT(of({"g"}), ElementsAre("get", "graph"));
  EXPECT_THAT(of({"HD"}), ElementsAre("HDMI-A-1"));
  EXPECT_THAT(of({"get", "DP"}), ElementsAre("DP-1."));
  EXPECT_THAT(of({"zzz"}), IsEmpty());
}

TEST_F(Completion, OfFieldsAfterTheDot) {
  const Texts all = of({"get", "DP-1."});
  EXPECT_THAT(all, testing::IsSupersetOf({"DP-1.EDID", "DP-1.link-status", "DP-1.status_name"}));
  EXPECT_THAT(all, testing::Each(testing::StartsWith("DP-1.")));
  EXPECT_THAT(all, Not(Contains(testing::HasSubstr("mode "))));
  EXPECT_THAT(of({"get", "DP-1.link"}), ElementsAre("DP-1.link-status"));
  EXPECT_THAT(of({"get", "card1.caps.PR"}), ElementsAre("card1.caps.PRIME"));
  EXPECT_THAT(of({"get", "DP-9."}), IsEmpty());
}

TEST_F(Completion, WithTheDeviceWhereItWasTyped) {
  EXPECT_THAT(of({"show", "card1/DP"}), ElementsAre("card1/DP-1"));
  EXPECT_THAT(of({"get", "card1/DP-1.link"}), ElementsAre("card1/DP-1.link-status"));
  EXPECT_THAT(of({"show", "card"}), Contains("card1"));
}

TEST_F(Completion, OfOptions) {
  EXPECT_THAT(of({"--j"}), ElementsAre("--json"));
  EXPECT_THAT(of({"graph", "--p"}), ElementsAre("--possible", "--probe"));
  EXPECT_THAT(of({"-"}), Contains("--ascii"));
}

TEST_F(Completion, OfArguments) {
  EXPECT_THAT(of({"graph", ""}), ElementsAre("dot", "svg", "text"));
  EXPECT_THAT(of({"graph", "s"}), ElementsAre("svg"));
  EXPECT_THAT(of({"explain", "vrr"}), ElementsAre("vrr_capable"));
  EXPECT_THAT(of({"explain", "CRTC_ID"}), ElementsAre("CRTC_ID"));  // once, though three have it
  EXPECT_THAT(of({"tree", ""}), IsEmpty());
  EXPECT_THAT(of({"get", "DP-1", ""}), IsEmpty());
}

TEST(CompletionOfSeveral, HasDevicesInFront) {
  const ReportFile file{two_devices_json()};
  const Texts all = completions({{}, file.path()}, Texts{"get", ""});
  EXPECT_THAT(all, testing::IsSupersetOf({"card0.", "card0/DP-1.", "card1."}));
  EXPECT_THAT(all, Not(Contains("DP-1")));
}

TEST(CompletionWithoutReports, IsVerbs) {
  EXPECT_THAT(completions({{}, "/nonexistent"}, Texts{"tr"}), ElementsAre("tree"));
  EXPECT_THAT(completions({{}, "/nonexistent"}, Texts{"get", ""}), IsEmpty());
}

// A name with a line feed in it would be two candidates to a shell.
TEST(CompletionOfHostileNames, LeavesThemOut) {
  const ReportFile file{R"({"/dev/dri/card0": {"connectors": [{"name": "DP-\n1"},)"
                        R"( {"name": "DP-\u001b[31m"}, {"name": "DP-3", "id": 5}]}})"};
  EXPECT_THAT(completions({{}, file.path()}, Texts{"get", "D"}), ElementsAre("DP-3."));
}

}  // namespace
}  // namespace drmshow::test
