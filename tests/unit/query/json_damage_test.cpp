// Damaged files: each is read, or refused as bad content; nothing else may happen.
#include <functional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "drm-show/error.hpp"
#include "json_reports.hpp"
#include "query/json/json.hpp"
#include "query/views/tree.hpp"
#include "sample_reports.hpp"

namespace drmshow::test {
namespace {

// What reading `text` says; empty if it is a report. Fails on any failure but bad_content.
std::string complaint(const std::string& text) {
  try {
    for (const Report& report : reports_from_json(text, "test.json")) {
      EXPECT_NE(tree(report, {}), "");
    }
    return {};
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::bad_content) << error.what();
    EXPECT_NE(error.hint(), "");
    return error.what();
  }
}

// With the sanitizers it takes 30 times as long: they see a part of the cases.
#ifdef __SANITIZE_ADDRESS__
constexpr int one_in = 19;
#else
constexpr int one_in = 1;
#endif

class Sample {
 public:
  bool takes_next() { return next_++ % one_in == 0; }

 private:
  int next_ = 0;
};

void for_each_node(Json& node, const std::function<void(Json&)>& visit) {
  visit(node);
  if (!node.is_structured()) return;
  for (Json& child : node) for_each_node(child, visit);
}

// Without what says the same several times, or is not read.
Json small_json() {
  Json json = Json::parse(json_of(everything()));
  Json& properties = json.begin().value()["planes"][0]["properties"];
  for (const char* name : {"SRC_Y", "SRC_W", "SRC_H", "CRTC_Y", "CRTC_W", "CRTC_H"}) {
    properties.erase(name);
  }
  for (auto& [name, property] : properties.items()) {
    for (const char* key : {"type_name", "raw_hex", "text", "atomic"}) property.erase(key);
  }
  return json;
}

TEST(DamagedJson, EveryNodeOfAnotherType) {
  const std::vector<Json> replacements{
      nullptr, true, -1, 1e300, "\x1b[31m", Json::array(), Json::object(), 18446744073709551615u};
  Json json = small_json();
  Sample sample;
  int refused = 0;
  int read = 0;
  for_each_node(json, [&](Json& node) {
    for (const Json& replacement : replacements) {
      if (!sample.takes_next()) continue;
      Json saved = std::exchange(node, replacement);
      const std::string what = complaint(json.dump());
      node = std::move(saved);
      ++(what.empty() ? read : refused);
      if (!what.empty()) {
        EXPECT_THAT(what, testing::StartsWith("test.json:"));
      }
    }
  });
  EXPECT_GT(refused, 500 / one_in);
  EXPECT_GT(read, 500 / one_in);
}

TEST(DamagedJson, EveryMemberAbsent) {
  Json json = small_json();
  Sample sample;
  for_each_node(json, [&](Json& node) {
    if (!node.is_object()) return;
    const Json whole = node;
    for (const auto& [key, value] : whole.items()) {
      if (!sample.takes_next()) continue;
      node.erase(key);
      complaint(json.dump());
      node = whole;
    }
  });
}

TEST(DamagedJson, CutOffAnywhere) {
  const std::string text = json_of(laptop());
  for (std::size_t length = 0; length < text.size(); length += std::size_t{97} * one_in) {
    EXPECT_THAT(complaint(text.substr(0, length)), testing::HasSubstr("is not JSON")) << length;
  }
}

TEST(DamagedJson, SaysWhere) {
  EXPECT_EQ(complaint("{\n  \"a\": {]\n}"), "test.json:2:9 is not JSON");
  EXPECT_EQ(complaint(""), "test.json:1:1 is not JSON");
  EXPECT_EQ(complaint("{} x"), "test.json:1:4 is not JSON");
  EXPECT_EQ(complaint("[]"), "test.json: is not an object");
  EXPECT_EQ(complaint(R"({"/dev/dri/card0": {"planes": [{"id": 1}, 5], "connectors": []}})"),
            "test.json://dev/dri/card0/planes/1 is not an object");
  EXPECT_EQ(complaint(R"({"c": {"connectors": [{"modes": [{"clock": "1"}]}]}})"),
            "test.json:/c/connectors/0/modes/0/clock is not a whole number");
  EXPECT_EQ(complaint(R"({"c": {"connectors": [{"modes": [{"htotal": 65536}]}]}})"),
            "test.json:/c/connectors/0/modes/0/htotal is out of range");
  EXPECT_EQ(complaint(R"({"c": {"notes": 1}})"), "test.json:/c/notes is not an array");
  EXPECT_EQ(complaint(R"({"c": {"driver": {"name": 1}}})"),
            "test.json:/c/driver/name is not a text");
  EXPECT_EQ(complaint(R"({"c": {"driver": {"client_caps": {"ATOMIC": 1}}}})"),
            "test.json:/c/driver/client_caps/ATOMIC is neither true nor false");
}

TEST(DamagedJson, UnknownSchema) {
  EXPECT_THAT(complaint(R"({"c": {"schema": "drm-query/2"}})"),
              testing::AllOf(testing::HasSubstr("drm-query/2"), testing::HasSubstr("not know")));
  EXPECT_EQ(complaint(R"({"c": {"schema": "drm-query/1"}})"), "");
}

TEST(DamagedJson, BlobsThatAreNot) {
  const auto with_blob = [](const std::string& blob) {
    return R"({"c": {"connectors": [{"properties": {"X": {"flags": 16, "raw_value": 1, "blob": )" +
           blob + "}}}]}}";
  };
  EXPECT_EQ(complaint(with_blob("\"00Ff\"")), "");
  EXPECT_EQ(complaint(with_blob("\"\"")), "");
  for (const char* blob : {"\"0\"", "\"0g\"", "\"g0\"", "\"0x\""}) {
    EXPECT_THAT(complaint(with_blob(blob)), testing::HasSubstr("/X/blob is not hexadecimal"));
  }
}

std::string repeated(const std::string& text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// `count` elements in an array of a device.
std::string device_with(const std::string& key, const std::string& element, std::size_t count) {
  std::string elements = repeated(element + ",", count);
  if (!elements.empty()) elements.pop_back();
  return R"({"c": {"connectors": [], ")" + key + "\": [" + elements + "]}}";
}

struct Limit {
  const char* key;
  const char* element;
  std::size_t most;
};

class Limits : public testing::TestWithParam<Limit> {};

TEST_P(Limits, AreReadAndNoMore) {
  const auto& [key, element, most] = GetParam();
  EXPECT_EQ(complaint(device_with(key, element, most)), "");
  EXPECT_THAT(complaint(device_with(key, element, most + 1)),
              testing::HasSubstr("no device has more than " + std::to_string(most)));
}

INSTANTIATE_TEST_SUITE_P(
    Lists, Limits,
    testing::Values(Limit{"connectors", "{}", 128}, Limit{"encoders", "{}", 128},
                    Limit{"crtcs", "{}", 32}, Limit{"planes", "{}", 128},
                    Limit{"framebuffers", "{}", 512}, Limit{"colorops", "{}", 1024},
                    Limit{"vanished", R"({"kind": "fb"})", 1024}, Limit{"notes", "\"\"", 1024}));

std::string hex_table(std::size_t bytes) {
  return R"({"flags": 16, "raw_value": 9, "blob": ")" + std::string(bytes * 2, '0') + "\"}";
}

TEST(TooMuch, OfFormatTables) {
  const auto with_table = [](std::size_t bytes) {
    return device_with("planes", R"({"properties": {"IN_FORMATS": )" + hex_table(bytes) + "}}", 1);
  };
  EXPECT_EQ(complaint(with_table(1u << 20)), "");
  EXPECT_THAT(complaint(with_table((1u << 20) + 1)),
              testing::HasSubstr("IN_FORMATS is too much: no device has so long lists"));
}

// Every pipeline of every plane is the same long one.
TEST(TooMuch, OfColourPipelines) {
  const auto with_planes = [](std::size_t planes) {
    Json device{{"connectors", Json::array()}};
    for (int i = 1; i <= 1024; ++i) {
      const Json next{{"flags", 64}, {"raw_value", (i + 1) % 1025}};
      device["colorops"].push_back({{"id", i}, {"properties", {{"NEXT", next}}}});
    }
    const Json entry{{"name", "all"}, {"value", 1}};
    const Json pipeline{{"flags", 8}, {"spec", Json::array({entry})}};
    for (std::size_t i = 0; i < planes; ++i) {
      device["planes"].push_back(
          {{"id", 2000 + i}, {"properties", {{"COLOR_PIPELINE", pipeline}}}});
    }
    return Json{{"c", device}}.dump();
  };
  EXPECT_EQ(complaint(with_planes(4)), "");
  EXPECT_THAT(complaint(with_planes(5)), testing::HasSubstr("has too long colour pipelines"));
}

TEST(TooMuch, IsRefusedAtOnce) {
  EXPECT_THAT(complaint(std::string(1000000, '[')), testing::HasSubstr("nested too deeply"));
  EXPECT_THAT(complaint(repeated("{\"a\":", 200000)), testing::HasSubstr("nested too deeply"));
  EXPECT_THAT(complaint("{\"a\": [" + repeated("0,", 3000000) + "0]}"),
              testing::HasSubstr("too large"));
  std::string members;
  for (int i = 0; i < 100000; ++i) members += "\"m" + std::to_string(i) + "\": 0,";
  EXPECT_THAT(complaint("{" + members + "\"last\": 0}"), testing::HasSubstr("256 members"));
  EXPECT_THAT(complaint("{\"" + std::string(1025, 'x') + "\": {}}"),
              testing::HasSubstr("longer than 1024 bytes"));
  EXPECT_THAT(complaint(R"({"c": {"driver": {"name": ")" + std::string(1025, 'x') + "\"}}}"),
              testing::HasSubstr("/c/driver/name is longer than 1024 bytes"));
  EXPECT_EQ(complaint(R"({"c": {"driver": {"name": ")" + std::string(1024, 'x') + "\"}}}"), "");
  EXPECT_THAT(complaint("{\"a\": 1e999}"), testing::HasSubstr("not JSON"));
}

}  // namespace
}  // namespace drmshow::test
