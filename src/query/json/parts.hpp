// Pieces that the JSON of objects and of values share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "query/json/json.hpp"

namespace drmshow {

/// 64-bit numbers as text, since most JSON readers keep only 53 bits: "0x0100000000000002".
std::string hex64(std::uint64_t value);

std::string hex_bytes(std::span<const std::byte> bytes);

/// Valid UTF-8 of any bytes: what is not, becomes U+FFFD. A driver chooses names freely, JSON does
/// not.
std::string json_text(std::string_view text);

/// An object made member by member: an initialiser list of the library copies every value. Keys are
/// not looked up: adding the same twice is a bug.
class JsonObject {
 public:
  explicit JsonObject(std::size_t members) { object_.reserve(members); }

  template <class Value>
  JsonObject& add(std::string key, Value&& value) {
    object_.emplace_back(std::move(key), Json(std::forward<Value>(value)));
    return *this;
  }
  Json done() { return Json(std::move(object_)); }

 private:
  Json::object_t object_;
};

/// On one line; text that is not UTF-8 is mended.
std::string dumped(const Json& json);

/// Ids as numbers.
template <class Ids>
Json json_ids(const Ids& ids) {
  Json array = Json::array();
  for (const auto id : ids) array.push_back(id.raw());
  return array;
}

Json json_formats(std::span<const Format> formats);
Json json_format_names(std::span<const Format> formats);
Json json_framebuffer(const FramebufferInfo& fb);

/// drm_info's "data" of a property: null where there is nothing to say.
Json json_data(const Snapshot& snapshot, const Property& property);

}  // namespace drmshow
