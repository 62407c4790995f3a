#include "query/json/cursor.hpp"

#include <fmt/format.h>

#include "drm-show/error.hpp"

namespace drmshow {

void JsonCursor::complain(const std::string& what) const {
  throw Error{Failure::bad_content, place_ + " " + what,
              "A file that drm-query --json or drm_info -j wrote is expected."};
}

void JsonCursor::complain_of_many(std::size_t most) const {
  complain(fmt::format("has {} elements: no device has more than {}", json_->size(), most));
}

std::uint64_t JsonCursor::word() const {
  const bool negative = json_->is_number_integer() && !json_->is_number_unsigned();
  return negative ? static_cast<std::uint64_t>(number<std::int64_t>()) : number<std::uint64_t>();
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
  std::string text = long_text();
  if (text.size() > longest_text) complain(fmt::format("is longer than {} bytes", longest_text));
  return text;
}

std::string JsonCursor::long_text() const {
  if (is_null()) return {};
  if (!json_->is_string()) complain("is not a text");
  return json_->get<std::string>();
}

}  // namespace drmshow
