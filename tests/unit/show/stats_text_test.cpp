#include "show/stats_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>
#include <sstream>
#include <vector>

namespace drmshow {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

// Ten seconds at 60 Hz: a frame was drawn too late twice, a commit was late once, one stalled.
OutputStats ten_seconds() {
  OutputStats stats;
  stats.counts = {600, 597, 2, 1};
  stats.missed[static_cast<std::size_t>(MissReason::drawing)] = 2;
  stats.missed[static_cast<std::size_t>(MissReason::commit)] = 1;
  for (int i = 0; i < 596; ++i) {
    const bool late = i == 100 || i == 200 || i == 300;
    stats.interval.add(late ? 33'333'000ns : 16'667'000ns + (i % 7) * 1us);
    stats.latency.add(3ms + (i % 20) * 100us + (i % 50 == 0 ? 2ms : 0ms));
    stats.flip.add(1200us + (i % 10) * 10us);
  }
  return stats;
}

// Columns on a terminal: bytes that do not continue a character.
long columns(std::string_view line) {
  return std::count_if(line.begin(), line.end(), [](char byte) { return (byte & 0xc0) != 0x80; });
}

void expect_lines_within(const std::string& text, long width) {
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(columns(line), width) << line;
    EXPECT_FALSE(line.ends_with(' ')) << line;
  }
}

TEST(StatsText, IsForPeople) {
  const std::string expected =
      "DP-1  1920x1080@60, mailbox\n"
      "  600 submitted, 597 shown, 2 superseded, 1 cancelled\n"
      "  3 missed: 2 drawing late, 1 commit late\n"
      "\n"
      "  ms                                 min    median       p99       max\n"
      "  latency   submit → scanout        3.00      4.00      6.00      6.00\n"
      "  interval  frame → frame          16.67     16.67     16.67     33.33\n"
      "  flip      commit → scanout        1.20      1.24      1.28      1.29\n"
      "\n"
      "  interval, ms  frames\n"
      "         16.67     593  ████████████████████████████████████████████████████████\n";
  const std::string text = stats_text("DP-1", ten_seconds(), "1920x1080@60, mailbox", 80);
  EXPECT_EQ(text.substr(0, expected.size()), expected) << text;
  expect_lines_within(text, 80);
}

TEST(StatsText, PlainIfAsked) {
  const std::string text = stats_text("DP-1", ten_seconds(), "", 72, StatsCharset::ascii);
  EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char byte) { return byte > 0; }));
  EXPECT_THAT(text, HasSubstr("####"));
  EXPECT_THAT(text, Not(HasSubstr("█")));
  expect_lines_within(text, 72);
}

TEST(StatsText, NothingShownIsShort) {
  EXPECT_EQ(stats_text("DP-1", OutputStats{}, "", 80),
            "DP-1\n  0 submitted, 0 shown, 0 superseded, 0 cancelled\n  none missed\n");
}

TEST(StatsText, SaysEachReason) {
  OutputStats stats;
  stats.missed = {1, 2, 3, 4, 5};
  EXPECT_THAT(stats_text("DP-1", stats, "", 80),
              HasSubstr("15 missed: 1 drawing late, 2 GPU late, 3 commit late, 4 kernel busy, "
                        "5 display late\n"));
}

TEST(StatsText, SaysWhoWaitedForFrames) {
  OutputStats stats;
  EXPECT_THAT(stats_text("DP-1", stats, "", 80), Not(HasSubstr("held back")));
  stats.held_back = {1, 2, 3, 4};
  EXPECT_THAT(stats_text("DP-1", stats, "", 80),
              HasSubstr("  none missed\n  10 held back until drawn: 1 not of the display's GPU, "
                        "2 mailbox, 3 no fences taken, 4 modeset\n"));
}

// The frames in the rows of the histogram under that heading.
std::vector<std::uint64_t> frames_in_rows(const std::string& text, const std::string& heading) {
  std::istringstream lines{text.substr(text.find(heading))};
  std::string line;
  std::getline(lines, line);
  std::vector<std::uint64_t> frames;
  while (std::getline(lines, line) && !line.empty()) {
    std::istringstream words{line};
    std::string label;
    words >> label >> frames.emplace_back();
  }
  return frames;
}

TEST(StatsText, HistogramsHaveEveryFrameInAtMostTenRows) {
  std::mt19937 random{3};
  std::uniform_real_distribution<double> exponent{1, 11};
  for (int run = 0; run < 300; ++run) {
    OutputStats stats;
    stats.counts.shown = 1;
    const double least = exponent(random);
    std::uniform_real_distribution<double> value{least, least + exponent(random) / 4};
    for (int i = 0; i < 200; ++i) {
      stats.interval.add(Nanoseconds{static_cast<std::int64_t>(std::pow(10, value(random)))});
      stats.latency.add(Nanoseconds{static_cast<std::int64_t>(std::pow(10, value(random)))});
    }
    if (run % 2 == 0) stats.interval.add(100s);
    if (run % 3 == 0) stats.latency.add(100s);
    const std::string text = stats_text("DP-1", stats, "", 80);
    for (const auto& [heading, times] :
         {std::pair{"interval, ms", &stats.interval}, {"latency, ms", &stats.latency}}) {
      const auto frames = frames_in_rows(text, heading);
      ASSERT_LE(frames.size(), 10u) << text;
      ASSERT_EQ(std::accumulate(frames.begin(), frames.end(), std::uint64_t{0}), times->count())
          << text;
    }
  }
}

TEST(StatsText, AMissedBlankHasARowOfItsOwnWithEmptyOnesBetween) {
  const auto frames = frames_in_rows(stats_text("DP-1", ten_seconds(), "", 80), "interval, ms");
  EXPECT_THAT(frames, testing::ElementsAre(593, 0, 0, 0, 0, 0, 0, 0, 3));
}

TEST(StatsJson, IsForPrograms) {
  OutputStats stats = ten_seconds();
  stats.held_back = {1, 2, 3, 4};
  const OutputStats none;
  const std::vector<NamedStats> outputs{{"DP-1", "1920x1080@60", stats}, {"DP-2", "", none}};
  const std::string text = stats_json(outputs);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const auto json = nlohmann::json::parse(text);
  EXPECT_EQ(json["schema"], 1);
  const auto& output = json["outputs"][0];
  EXPECT_EQ(output["name"], "DP-1");
  EXPECT_EQ(output["mode"], "1920x1080@60");
  EXPECT_EQ(output["frames"].dump(),
            R"({"cancelled":1,"shown":597,"submitted":600,"superseded":2})");
  EXPECT_EQ(output["missed_blanks"].dump(),
            R"({"busy":0,"commit":1,"display":0,"drawing":2,"fence":0})");
  EXPECT_EQ(output["held_back"].dump(), R"({"modeset":4,"newest":2,"no_fences":3,"other_gpu":1})");
  EXPECT_EQ(output["interval"]["count"], 596);
  EXPECT_EQ(output["interval"]["max_us"], 33333.0);
  EXPECT_EQ(output["flip"]["min_us"], 1200.0);
  std::uint64_t sum = 0;
  double end = 0;
  for (const auto& bin : output["latency"]["histogram_us"]) {
    EXPECT_GE(bin[0].get<double>(), end);
    end = bin[1].get<double>();
    sum += bin[2].get<std::uint64_t>();
  }
  EXPECT_EQ(sum, 596u);
  EXPECT_TRUE(json["outputs"][1]["latency"]["histogram_us"].empty());
}

TEST(StatsJson, TellsWhichGpuDrewAndWhetherTheProcessorWaited) {
  const OutputStats none;
  const GpuAccount gpu{"Radeon", false, ImageRung::modifier, true, 3};
  const std::vector<NamedStats> outputs{{"DP-1", "", none, gpu}, {"DP-2", "", none}};
  const auto json = nlohmann::json::parse(stats_json(outputs));
  EXPECT_EQ(json["outputs"][0]["gpu"].dump(),
            R"({"fences":true,"name":"Radeon","rung":"modifier","software":false,"waits":3})");
  EXPECT_TRUE(json["outputs"][1]["gpu"].is_null());
}

TEST(StatsJson, OfFramesWithoutADisplay) {
  const GpuAccount gpu{"llvmpipe", true, ImageRung::copy, true, 7};
  const auto json = nlohmann::json::parse(stats_json(HeadlessStats{9, {64, 32}, 500ms, gpu}));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["headless"]["frames"], 9);
  EXPECT_EQ(json["headless"]["seconds"], .5);
  EXPECT_EQ(json["headless"]["width"], 64);
  EXPECT_EQ(json["headless"]["height"], 32);
  EXPECT_EQ(json["headless"]["gpu"]["waits"], 7);
  EXPECT_EQ(json["headless"]["gpu"]["rung"], "copy");
}

TEST(StatsText, TellsWhichGpuDrew) {
  EXPECT_EQ(to_string(GpuAccount{"Radeon", false, ImageRung::linear, true, 3}),
            "drawn by Radeon, linear; the processor waited for 3 frames");
  EXPECT_THAT(to_string(GpuAccount{"Mali", false, ImageRung::linear, false, 9}),
              HasSubstr("no fences"));
  EXPECT_THAT(to_string(GpuAccount{"Mali", false, ImageRung::copy, false, 9}),
              Not(HasSubstr("no fences")));
}

TEST(StatsJson, WhatIsTooLongHasNoEnd) {
  OutputStats stats;
  stats.latency.add(100s);
  const std::vector<NamedStats> outputs{{"DP-\xff", "", stats}};
  const auto json = nlohmann::json::parse(stats_json(outputs));
  EXPECT_TRUE(json["outputs"][0]["latency"]["histogram_us"][0][1].is_null());
}

}  // namespace
}  // namespace drmshow
