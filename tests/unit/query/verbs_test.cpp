// Each verb, asked about a saved report.
#include "query/verbs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "drm-show/error.hpp"
#include "json_reports.hpp"
#include "query/json/json.hpp"
#include "report_file.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

using testing::HasSubstr;

std::string text_of(const Answer& answer) {
  std::string text;
  print(answer, [&](std::string_view piece) { text += piece; });
  return text;
}

class Verbs : public testing::Test {
 protected:
  QueryOptions options(std::vector<std::string> words, Output output = Output::text) const {
    QueryOptions result;
    result.words = std::move(words);
    result.source.file = file.path();
    result.output = output;
    return result;
  }
  std::string text(std::vector<std::string> words) const {
    return text_of(answer(options(std::move(words))));
  }
  Json json(std::vector<std::string> words) const {
    return Json::parse(text_of(answer(options(std::move(words), Output::json))));
  }
  std::string refusal(Failure failure, std::vector<std::string> words,
                      Output output = Output::text) const {
    try {
      return "answered: " + text_of(answer(options(std::move(words), output)));
    } catch (const Error& error) {
      EXPECT_EQ(error.failure(), failure) << error.what();
      return std::string{error.what()} + " | " + error.hint();
    }
  }

  const ReportFile file{two_devices_json()};
};

TEST_F(Verbs, AnswerInText) {
  EXPECT_THAT(text({}), HasSubstr("DP-1"));
  EXPECT_EQ(text({"list"}), text({}));
  EXPECT_THAT(text({"tree"}), testing::AllOf(HasSubstr("plane/"), HasSubstr("panfrost")));
  EXPECT_THAT(text({"show", "DP-1"}), HasSubstr("link-status"));
  EXPECT_EQ(text({"DP-1"}), text({"show", "DP-1"}));
  EXPECT_THAT(text({"card1"}), HasSubstr("panfrost"));
  EXPECT_EQ(text({"get", "DP-1.link-status"}), "Good\n");
  EXPECT_EQ(text({"DP-1.link-status"}), "Good\n");
  EXPECT_THAT(text({"formats"}), HasSubstr("XRGB8888"));
  EXPECT_THAT(text({"graph"}), HasSubstr("DP-1"));
  EXPECT_THAT(text({"graph", "dot"}), testing::StartsWith("digraph"));
  EXPECT_THAT(text({"graph", "svg"}), HasSubstr("<svg"));
  EXPECT_THAT(text({"explain", "vrr_capable"}), HasSubstr("vrr_capable"));
  EXPECT_THAT(text({"explain"}), HasSubstr("IN_FORMATS"));
  EXPECT_EQ(text({"complete", "get", "card0/DP"}), "card0/DP-1.\n");
}

TEST_F(Verbs, AnswerInJson) {
  EXPECT_EQ(json({}), Json::parse(two_devices_json()));
  EXPECT_EQ(json({"list"}), json({}));
  EXPECT_EQ(json({"tree"}), json({}));
  EXPECT_EQ(json({"DP-1"})["name"], "DP-1");
  EXPECT_EQ(json({"get", "DP-1.link-status"})["value"], 0);
  EXPECT_EQ(json({"get", "card1"})["driver"]["name"], "panfrost");
  EXPECT_EQ(json({"formats"})["/dev/dri/card1"], Json::object());
  EXPECT_FALSE(json({"formats"})["/dev/dri/card0"].begin().value()["IN_FORMATS"].empty());
  EXPECT_FALSE(json({"graph"})["/dev/dri/card0"]["nodes"].empty());
  EXPECT_EQ(json({"explain", "vrr_capable"})[0]["name"], "vrr_capable");
  EXPECT_GT(json({"explain"}).size(), 50u);
}

TEST_F(Verbs, RawIsForGet) {
  EXPECT_EQ(text_of(answer(options({"get", "DP-1.link-status"}, Output::raw))), "0\n");
  EXPECT_THAT(refusal(Failure::usage, {"tree"}, Output::raw), HasSubstr("--raw is for get"));
  EXPECT_THAT(refusal(Failure::usage, {}, Output::raw), HasSubstr("--raw is for get"));
}

TEST_F(Verbs, RefuseWhatMakesNoSense) {
  EXPECT_THAT(refusal(Failure::usage, {"get"}), HasSubstr("Usage: drm-query get PATH"));
  EXPECT_THAT(refusal(Failure::usage, {"get", "a", "b"}), HasSubstr("Usage: drm-query get"));
  EXPECT_THAT(refusal(Failure::usage, {"get", "DP-1"}), HasSubstr("which of its values"));
  EXPECT_THAT(refusal(Failure::usage, {"tree", "x"}), HasSubstr("Usage: drm-query tree"));
  EXPECT_THAT(refusal(Failure::usage, {"formats", "x"}), HasSubstr("Usage: drm-query formats"));
  EXPECT_THAT(refusal(Failure::usage, {"graph", "png"}), HasSubstr("none of text, dot, svg"));
  EXPECT_THAT(refusal(Failure::usage, {"diff"}), HasSubstr("Usage: drm-query diff"));
  EXPECT_THAT(refusal(Failure::not_found, {"DP-9"}), HasSubstr("there is no \"DP-9\""));
  EXPECT_THAT(refusal(Failure::not_found, {"get", "DP-1.x"}), HasSubstr("has no \"x\""));
}

TEST_F(Verbs, MistypedAreSuggested) {
  EXPECT_THAT(refusal(Failure::not_found, {"tre"}), HasSubstr("Did you mean \"tree\"?"));
  EXPECT_THAT(refusal(Failure::not_found, {"formts"}), HasSubstr("Did you mean \"formats\"?"));
}

TEST_F(Verbs, DiffHasAnExitCode) {
  const std::string same = file.path().string();
  EXPECT_EQ(answer(options({"diff", same, same})).exit_code, 0);
  EXPECT_EQ(text_of(answer(options({"diff", same, same}))), "");
  EXPECT_EQ(json({"diff", same}), Json::array());
  std::vector<Report> one;
  one.push_back(laptop());
  one[0].path = "/dev/dri/card0";
  const ReportFile other{json_of(one)};
  const Answer different = answer(options({"diff", same, other.path().string()}));
  EXPECT_EQ(different.exit_code, exit_different);
  EXPECT_EQ(different.text, "- card1 (device)\n");
  EXPECT_EQ(json({"diff", other.path().string()})[0]["change"], "added");
  EXPECT_THAT(refusal(Failure::bad_content, {"diff", "/nonexistent"}), HasSubstr("cannot read"));
}

TEST_F(Verbs, OnOneDevice) {
  QueryOptions one = options({"graph", "dot"});
  one.source.device = "card1";
  EXPECT_THROW(answer(one), Error);  // it only renders
  one.words = {"tree"};
  EXPECT_THAT(text_of(answer(one)), testing::Not(HasSubstr("DP-1")));
}

}  // namespace
}  // namespace drmshow::test
