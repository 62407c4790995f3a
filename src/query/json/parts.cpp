#include "query/json/parts.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "query/names.hpp"

namespace drmshow {

std::string hex64(std::uint64_t value) {
  return fmt::format("{:#018x}", value);
}

std::string hex_bytes(std::span<const std::byte> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::byte byte : bytes) {
    text += digits[std::to_integer<unsigned>(byte) >> 4];
    text += digits[std::to_integer<unsigned>(byte) & 0xf];
  }
  return text;
}

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string json_text(std::string_view text) {
  const bool ascii = std::ranges::all_of(text, [](char c) { return (c & 0x80) == 0; });
  if (ascii) return std::string{text};
  // The library knows how to mend UTF-8, but only while it writes.
  const Json string = text;
  return Json::parse(dumped(string)).get<std::string>();
}

Json json_formats(std::span<const Format> formats) {
  Json array = Json::array();
  for (const Format format : formats) array.push_back(format.fourcc());
  return array;
}

Json json_format_names(std::span<const Format> formats) {
  Json array = Json::array();
  for (const Format format : formats) array.push_back(to_string(format));
  return array;
}

Json json_framebuffer(const FramebufferInfo& fb) {
  Json json{{"id", fb.id.raw()}, {"width", fb.size.width}, {"height", fb.size.height}};
  json["format"] = fb.format ? Json(fb.format->fourcc()) : Json();
  json["format_name"] = fb.format ? Json(to_string(*fb.format)) : Json();
  if (fb.modifier) {
    json["modifier"] = fb.modifier->value();
    json["modifier_hex"] = hex64(fb.modifier->value());
    json["modifier_name"] = modifier_name(*fb.modifier);
  }
  if (!fb.format) {
    json["depth"] = fb.depth;
    json["bpp"] = fb.bpp;
  }
  Json planes = Json::array();
  for (const auto& plane : fb.planes) {
    planes.push_back(JsonObject{2}.add("offset", plane.offset).add("pitch", plane.pitch).done());
  }
  json["planes"] = std::move(planes);
  return json;
}

}  // namespace drmshow
