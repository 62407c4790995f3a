#include "query/json_cursor.hpp"

#include "drm-show/error.hpp"

namespace drmshow {

void JsonCursor::complain(const std::string& what) const {
  throw Error{Failure::bad_content, place_ + " " + what,
              "A file that drm-query --json or drm_info -j wrote is expected."};
}

bool JsonCursor::has(std::string_view key) const {
  return json_->is_object() && json_->contains(key);
}

JsonCursor JsonCursor::operator[](std::string_view key) const {
  static const Json null;
  if (!json_->is_object()) complain("is not an object");
  const auto found = json_->find(key);
  return {found == json_->end() ? null : *found, place_ + "/" + std::string{key}};
}

bool JsonCursor::flag(bool otherwise) const {
  if (is_null()) return otherwise;
  if (!json_->is_boolean()) complain("is neither true nor false");
  return json_->get<bool>();
}

std::string JsonCursor::text(std::string otherwise) const {
  if (is_null()) return otherwise;
  if (!json_->is_string()) complain("is not a text");
  return json_->get<std::string>();
}

}  // namespace drmshow
