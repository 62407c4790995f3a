#include "query/json/tree.hpp"

#include <algorithm>

#include "query/json/writer.hpp"

namespace drmshow {
namespace {

template <class... Arguments>
Json parsed(const Arguments&... arguments) {
  JsonWriter writer;
  write_json(writer, arguments...);
  return Json::parse(writer.take());
}

}  // namespace

Json to_json(const Report& report) {
  return parsed(report);
}

Json to_json(const Report& report, ObjectRef object) {
  return parsed(report, object);
}

Json to_json(const Snapshot& snapshot, const Property& property) {
  return parsed(snapshot, property);
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_text(std::string_view text) {
  const bool ascii = std::ranges::all_of(text, [](char c) { return (c & 0x80) == 0; });
  if (ascii) return std::string{text};
  JsonWriter writer;
  writer.put(text);
  return Json::parse(writer.take()).get<std::string>();
}

}  // namespace drmshow
