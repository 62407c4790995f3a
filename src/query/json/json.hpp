// Reports as JSON, and back. The keys of drm_info are all there with its meanings, so that filters
// written for it work; ours are added beside them. docs/drm-query.schema.json describes both.
// Writing and reading again loses nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "kms/report.hpp"
#include "query/json/sink.hpp"
#include "query/object_ref.hpp"
#include "query/values/decoded.hpp"

namespace drmshow {

class JsonWriter;
using Json = nlohmann::ordered_json;

/// What the "schema" key of every device says. The number grows when a key changes its meaning or
/// goes away, not when one is added.
inline constexpr std::string_view json_schema = "drm-query/1";

/// An object with a member for each device, by path; indented, without a newline at its end.
std::string json_of(std::span<const Report> reports);
void write_json(const Sink& sink, std::span<const Report> reports);

void write_json(JsonWriter& json, const Report& report);
/// null if there is no such object.
void write_json(JsonWriter& json, const Report& report, ObjectRef object);
void write_json(JsonWriter& json, const Snapshot& snapshot, const Property& property);

/// Reads what json_of() wrote, or drm_info -j (as far as that goes: its blobs are lost). `source`
/// names the file in errors. Throws Error: bad_content.
std::vector<Report> reports_from_json(std::string_view text, const std::string& source);

}  // namespace drmshow
