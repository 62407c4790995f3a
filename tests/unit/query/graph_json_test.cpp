// The devices that graphs are drawn of, saved and read again, are drawn the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "drm-show/error.hpp"
#include "graph_devices.hpp"
#include "query/graph/graph.hpp"
#include "query/json/json.hpp"

namespace drmshow::test {
namespace {

std::string written(std::span<const Report> reports) {
  return json_of(reports);
}

// These planes have no "type" property, which is what tells the type.
Json without_types(const std::string& text) {
  Json json = Json::parse(text);
  for (Json& plane : json.begin().value()["planes"]) plane.erase("type_name");
  return json;
}

TEST(GraphDevices, SavedAndReadAgain) {
  for (const auto& [name, make] : devices()) {
    if (name == "hostile") continue;
    const Report before = make();
    const std::string text = written({&before, 1});
    const auto after = reports_from_json(text, "test.json");
    EXPECT_EQ(without_types(written(after)).dump(2), without_types(text).dump(2)) << name;
    EXPECT_EQ(routing_graph(after[0], Edges::possible).edges.size(),
              routing_graph(before, Edges::possible).edges.size())
        << name;
  }
}

TEST(GraphDevices, HostileOneIsRefused) {
  const Report before = hostile();
  try {
    reports_from_json(written({&before, 1}), "test.json");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::bad_content);
    EXPECT_THAT(error.what(), testing::HasSubstr("/connectors/0/encoders has 1000 elements"));
  }
}

}  // namespace
}  // namespace drmshow::test
