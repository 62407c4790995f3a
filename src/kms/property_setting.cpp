#include "kms/property_setting.hpp"

#include <charconv>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

std::optional<ObjectType> parse_object(std::string_view text) {
  if (text == "connector") return ObjectType::connector;
  if (text == "crtc") return ObjectType::crtc;
  if (text == "plane") return ObjectType::plane;
  return std::nullopt;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return negative ? ~value + 1 : value;
}

// "rotate-180|reflect-x" or a single entry.
std::optional<std::uint64_t> parse_entries(const PropertyInfo& info, std::string_view text) {
  std::uint64_t value = 0;
  for (;;) {
    const std::size_t bar = text.find('|');
    const auto entry = info.value_of(text.substr(0, bar));
    if (!entry) return std::nullopt;
    value |= *entry;
    if (bar == std::string_view::npos) return value;
    if (info.kind != PropertyKind::bitmask) return std::nullopt;
    text.remove_prefix(bar + 1);
  }
}

const PropertySet& properties_of(const Route& route, ObjectType type) {
  switch (type) {
    case ObjectType::connector:
      return route.connector->properties;
    case ObjectType::crtc:
      return route.crtc->properties;
    case ObjectType::plane:
      break;
  }
  return route.plane->properties;
}

ObjectRef object_of(const Route& route, ObjectType type) {
  switch (type) {
    case ObjectType::connector:
      return ref(*route.connector);
    case ObjectType::crtc:
      return ref(*route.crtc);
    case ObjectType::plane:
      break;
  }
  return ref(*route.plane);
}

[[noreturn]] void throw_no_property(const PropertySetting& setting, const PropertySet& properties,
                                    const std::string& output) {
  std::vector<std::string> names;
  for (const Property& property : properties) {
    if (!property.info->immutable) names.push_back(property.info->name);
  }
  throw Error{Failure::usage,
              fmt::format("{}: there is no property \"{}\" to set", output, setting.property),
              fmt::format("{}There are: {}.", did_you_mean(setting.property, names),
                          fmt::join(names, ", "))};
}

std::string values_of(const PropertyInfo& info) {
  if (!info.entries.empty()) {
    std::vector<std::string> names;
    for (const auto& entry : info.entries) names.push_back(entry.name);
    return fmt::format("It takes: {}.", fmt::join(names, ", "));
  }
  if (info.limits.size() == 2) {
    return fmt::format("It takes a number from {} to {}.",
                       static_cast<std::int64_t>(info.limits[0]), info.limits[1]);
  }
  return "It takes a number.";
}

}  // namespace

std::optional<PropertySetting> parse_property_setting(std::string_view text) {
  PropertySetting setting;
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals + 1 == text.size()) return std::nullopt;
  setting.value = text.substr(equals + 1);
  std::string_view target = text.substr(0, equals);
  if (const std::size_t colon = target.find(':'); colon != std::string_view::npos) {
    setting.output = std::string{target.substr(0, colon)};
    target.remove_prefix(colon + 1);
  }
  const std::size_t dot = target.find('.');
  if (dot == std::string_view::npos || dot + 1 == target.size()) return std::nullopt;
  const auto object = parse_object(target.substr(0, dot));
  if (!object) return std::nullopt;
  setting.object = *object;
  setting.property = target.substr(dot + 1);
  return setting;
}

PropertyWrite resolve(const PropertySetting& setting, const Route& route) {
  const PropertySet& properties = properties_of(route, setting.object);
  const Property* property = properties.find(setting.property);
  if (!property || property->info->immutable) {
    throw_no_property(setting, properties, route.connector->name);
  }
  auto value = parse_entries(*property->info, setting.value);
  if (!value) value = parse_number(setting.value);
  if (!value) {
    throw Error{Failure::usage,
                fmt::format("\"{}\" is not a value of {}", setting.value, setting.property),
                values_of(*property->info)};
  }
  return {object_of(route, setting.object), property->info->id, property->info->name, *value};
}

}  // namespace drmshow
