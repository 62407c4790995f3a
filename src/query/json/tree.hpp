// JSON as a tree in memory, for whoever looks into it.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "query/json/json.hpp"

namespace drmshow {

Json to_json(const Report& report);
/// null if there is no such object.
Json to_json(const Report& report, ObjectRef object);
Json to_json(const Snapshot& snapshot, const Property& property);

/// Valid UTF-8 of any bytes: what is not, becomes U+FFFD. A driver chooses names freely, JSON does
/// not.
std::string json_text(std::string_view text);

/// On one line; text that is not UTF-8 is mended.
std::string dumped(const Json& json);

}  // namespace drmshow
