// Writes the seeds of tests/fuzz/corpus/report: small reports, without what reading them ignores.
#include <filesystem>
#include <fstream>
#include <string>

#include <nlohmann/json.hpp>

#include "json_reports.hpp"
#include "query/json/json.hpp"
#include "sample_reports.hpp"

namespace {

using namespace drmshow;
using namespace drmshow::test;

void strip(Json& json) {
  if (json.is_object()) {
    for (const char* key : {"text", "raw_hex", "type_name", "status_name", "subpixel_name",
                            "format_names", "atomic", "refresh", "interlaced", "preferred"}) {
      json.erase(key);
    }
    if (json.contains("raw_value")) {
      json.erase("data");
      json.erase("value");
      json.erase("type");
      json.erase("immutable");
    }
  }
  if (!json.is_structured()) return;
  for (Json& each : json) strip(each);
}

void write(const std::filesystem::path& path, const Report& report) {
  Json json = Json::parse(json_of(report));
  strip(json);
  json.begin()->erase("vanished");  // the hostile one has an impossible kind there
  std::ofstream{path, std::ios::binary} << json.dump();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::filesystem::path folder = argv[1];
  write(folder / "asleep.json", asleep());
  write(folder / "everything.json", everything());
  write(folder / "hostile.json", hostile());
  write(folder / "laptop.json", laptop());
  write(folder / "render-only.json", render_only());
  write(folder / "sysfs-only.json", sysfs_only());
  return 0;
}
