// Saved reports from strangers: bytes → reports → every view. Only Error may come out, and of
// reading only bad content; a report has no differences from itself; and what is written of it is
// read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "drm-show/error.hpp"
#include "property_texts.hpp"
#include "query/diff.hpp"
#include "query/fields.hpp"
#include "query/get.hpp"
#include "query/graph/graph.hpp"
#include "query/json/json.hpp"
#include "query/json/tree.hpp"
#include "query/objects.hpp"
#include "query/path.hpp"
#include "query/views/formats_view.hpp"
#include "query/views/object_view.hpp"
#include "query/views/summary.hpp"
#include "query/views/tree.hpp"

namespace {

using namespace drmshow;

void check(const std::string& text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (!fuzz::is_clean(text.substr(begin, end - begin))) std::abort();
    begin = end + 1;
  }
}

void draw(const Report& report) {
  for (const Edges edges : {Edges::active, Edges::possible}) {
    const Graph graph = routing_graph(report, edges);
    check(graph_text(graph, Charset::unicode));
    check(graph_text(graph, Charset::ascii));
    check(graph_dot(graph));
    check(graph_svg(graph));
  }
}

void show_objects(const Report& report, const TextStyle& style) {
  for (const ObjectRef object : objects_of(report)) {
    static_cast<void>(to_json(report, object));
    if (object.id == 0 && object.name.empty()) continue;
    check(object_view(report, object, style));
  }
}

void get_fields(const std::vector<Report>& reports) {
  for (const Report& report : reports) {
    for (const FieldGroup& group : fields_of(report)) {
      try {
        const Target target = resolve(reports, group.path);
        if (target.object) check(get_text(target));
      } catch (const Error& error) {
        if (error.failure() != Failure::not_found && error.failure() != Failure::usage)
          std::abort();
      }
    }
  }
}

void view(const std::vector<Report>& reports) {
  const TextStyle style{reports.size() % 2 == 0, false, 80};
  check(summary(reports, style));
  for (const Report& report : reports) {
    check(tree(report, style));
    check(formats_view(report, style));
    draw(report);
    show_objects(report, style);
  }
  get_fields(reports);
}

std::string written(const std::vector<Report>& reports) {
  return json_of(reports);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<Report> reports;
  try {
    reports = reports_from_json({reinterpret_cast<const char*>(data), size}, "fuzz");
  } catch (const Error& error) {
    if (error.failure() != Failure::bad_content) std::abort();
    return 0;
  }
  view(reports);
  if (!differences(reports, reports, Ignore::nothing).empty()) std::abort();
  const std::string once = written(reports);
  if (written(reports_from_json(once, "written")) != once) std::abort();
  return 0;
}
