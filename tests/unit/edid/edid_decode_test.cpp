// What we read, as the program edid-decode reads it: another decoder, by other people.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <regex>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "edid/edid.hpp"
#include "edid_builder.hpp"

namespace drmshow {
namespace {

#ifdef EDID_DECODE
constexpr const char* kOracle = EDID_DECODE;
#else
constexpr const char* kOracle = nullptr;
#endif

struct Close {
  void operator()(std::FILE* pipe) const { pclose(pipe); }
};

std::string oracle_says(const std::string& sample) {
  const std::string command = fmt::format("'{}' '{}/{}.bin'", kOracle, EDID_DIR, sample);
  const std::unique_ptr<std::FILE, Close> pipe{popen(command.c_str(), "r")};
  std::string text;
  for (int c = 0; pipe && (c = std::fgetc(pipe.get())) != EOF;) text += static_cast<char>(c);
  return text;
}

/// What follows `label` on its line; empty if there is no such line.
std::string field(const std::string& text, const std::string& label) {
  std::smatch match;
  const std::regex line{label + "(.*)"};
  return std::regex_search(text, match, line) ? match[1].str() : "";
}

std::string in_quotes(const std::string& text) {
  return text.empty() ? "" : "'" + text + "'";
}

std::string made(const EdidInfo& edid) {
  return edid.is_model_year ? "" : fmt::format("week {} of {}", edid.week, edid.year);
}

std::string size_of(const EdidInfo& edid) {
  return fmt::format("{} mm x {} mm)", edid.size_mm.width, edid.size_mm.height);
}

std::string luminance(float value, const char* format) {
  return value > 0 ? fmt::format(fmt::runtime(format), value) : "";
}

std::string in_parentheses(const std::string& text) {
  const auto open = text.find('(');
  return open == text.npos ? "" : text.substr(open + 1, text.find(' ', open) - open - 1);
}

/// `text`: "0.6796, 0.3203", cut off after the fourth digit.
void expect_same(const std::string& text, Chromaticity at) {
  float x = 0, y = 0;
  ASSERT_EQ(std::sscanf(text.c_str(), "%f, %f", &x, &y), 2) << text;
  EXPECT_NEAR(x, at.x, 0.0001);
  EXPECT_NEAR(y, at.y, 0.0001);
}

class AgainstEdidDecode : public testing::TestWithParam<test::EdidSample> {
 protected:
  void SetUp() override {
    if (!kOracle) GTEST_SKIP() << "edid-decode is not installed";
    const auto parsed = parse_edid(std::as_bytes(std::span{GetParam().bytes}));
    ASSERT_TRUE(parsed);
    edid = *parsed;
    said = oracle_says(GetParam().name);
    ASSERT_NE(said.find("EDID Structure Version & Revision: 1."), said.npos) << said;
  }

  EdidInfo edid;
  std::string said;
};

TEST_P(AgainstEdidDecode, SameProduct) {
  EXPECT_EQ(field(said, "Manufacturer: "), edid.manufacturer);
  EXPECT_EQ(field(said, "Model: "), std::to_string(edid.product_code));
  EXPECT_EQ(field(said, "Display Product Name: "), in_quotes(edid.model));
  EXPECT_EQ(field(said, "Made in: "), made(edid));
  EXPECT_EQ(field(said, "Model year: "), edid.is_model_year ? std::to_string(edid.year) : "");
}

TEST_P(AgainstEdidDecode, SameSerialNumber) {
  const std::string text = field(said, "Display Product Serial Number: ");
  if (!text.empty()) {
    EXPECT_EQ(text, in_quotes(edid.serial));
  } else {
    const std::string number = field(said, "    Serial Number: ");
    EXPECT_EQ(number, edid.serial.empty()
                          ? ""
                          : std::to_string(std::strtoul(edid.serial.c_str(), nullptr, 16)));
  }
}

TEST_P(AgainstEdidDecode, SamePicture) {
  EXPECT_EQ(field(said, "Revision: 1\\."), std::to_string(edid.revision));
  EXPECT_EQ(field(said, "DTD 1:.*\\("), size_of(edid));
  EXPECT_EQ(field(said, "Bits per primary color channel: "),
            edid.bits_per_channel ? std::to_string(edid.bits_per_channel) : "");
  EXPECT_EQ(field(said, "    Gamma: "), fmt::format("{:.2f}", edid.gamma.value_or(0)));
  EXPECT_EQ(said.find("Digital display") != said.npos, edid.digital);
  const std::string range =
      edid.vertical_range
          ? fmt::format(" {}-{} Hz V", edid.vertical_range->least, edid.vertical_range->greatest)
          : "";
  EXPECT_EQ(field(said, "Monitor ranges \\(.*\\):").substr(0, range.size()), range);
  EXPECT_EQ(said.find("Monitor ranges") != said.npos, edid.vertical_range.has_value());
}

TEST_P(AgainstEdidDecode, SameColour) {
  ASSERT_TRUE(edid.primaries);
  expect_same(field(said, "Red  : "), edid.primaries->red);
  expect_same(field(said, "Green: "), edid.primaries->green);
  expect_same(field(said, "Blue : "), edid.primaries->blue);
  expect_same(field(said, "White: "), edid.primaries->white);
}

TEST_P(AgainstEdidDecode, SameHdr) {
  const HdrStaticMetadata hdr = edid.hdr.value_or(HdrStaticMetadata{});
  EXPECT_EQ(in_parentheses(field(said, "Desired content max luminance:")),
            luminance(hdr.max_luminance, "{:.3f}"));
  EXPECT_EQ(in_parentheses(field(said, "Desired content max frame-average luminance:")),
            luminance(hdr.max_frame_average_luminance, "{:.3f}"));
  EXPECT_EQ(in_parentheses(field(said, "Desired content min luminance:")),
            luminance(hdr.min_luminance, "{:.3f}"));
  EXPECT_EQ(said.find("SMPTE ST2084") != said.npos, hdr.pq);
  EXPECT_EQ(said.find("Hybrid Log-Gamma") != said.npos, hdr.hlg);
}

std::vector<test::EdidSample> valid_samples() {
  std::vector<test::EdidSample> valid = test::edid_samples();
  std::erase_if(valid, [](const test::EdidSample& sample) { return !sample.valid; });
  return valid;
}

INSTANTIATE_TEST_SUITE_P(Samples, AgainstEdidDecode, testing::ValuesIn(valid_samples()),
                         [](const auto& sample) { return sample.param.name; });

}  // namespace
}  // namespace drmshow
