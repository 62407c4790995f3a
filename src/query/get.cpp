#include "query/get.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/nearest.hpp"
#include "drm-show/error.hpp"
#include "query/json/tree.hpp"
#include "query/objects.hpp"
#include "query/text/style.hpp"
#include "query/values/value.hpp"

namespace drmshow {
namespace {

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

const Property* find_property(const PropertySet& properties, std::string_view name) {
  if (const Property* exact = properties.find(name)) return exact;
  const auto found = std::ranges::find_if(properties, [&](const Property& property) {
    return equal_ignoring_case(property.info->name, name);
  });
  return found == properties.end() ? nullptr : &*found;
}

/// A property, and what of its meaning is asked for.
struct PropertyField {
  const Property* property;
  std::string_view member;
};

// The whole field may be the property's name, or what is before the first ".".
std::optional<PropertyField> property_field(const Target& target) {
  const PropertySet* properties =
      target.object ? properties_of(*target.report, *target.object) : nullptr;
  if (!properties) return std::nullopt;
  const std::string_view field = target.field;
  if (const Property* whole = find_property(*properties, field)) return PropertyField{whole, {}};
  const std::size_t dot = field.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const Property* property = find_property(*properties, field.substr(0, dot));
  if (!property) return std::nullopt;
  return PropertyField{property, field.substr(dot + 1)};
}

Json whole(const Target& target) {
  return target.object ? to_json(*target.report, *target.object) : to_json(*target.report);
}

std::vector<std::string> field_names(const Target& target, const Json& json) {
  std::vector<std::string> names;
  for (const auto& [name, value] : json.items()) names.push_back(name);
  const PropertySet* properties =
      target.object ? properties_of(*target.report, *target.object) : nullptr;
  if (!properties) return names;
  for (const Property& property : *properties) names.push_back(property.info->name);
  return names;
}

std::string label_of(const Target& target) {
  return target.object ? object_path(*target.report, *target.object) : target.report->name();
}

[[noreturn]] void throw_no_field(const Target& target) {
  const std::string label = label_of(target);
  if (target.report->access == Access::sysfs_only) {
    throw Error{
        Failure::no_permission,
        fmt::format("{}: \"{}\" cannot be read without opening {}", label, target.field,
                    target.report->path),
        "Run as root, or add your user to the group that owns the node (usually \"video\")."};
  }
  const std::string first = target.field.substr(0, target.field.find('.'));
  throw Error{Failure::not_found, fmt::format("{} has no \"{}\"", label, target.field),
              fmt::format("{}See what it has with: drm-query show {}",
                          did_you_mean(first, field_names(target, whole(target))), label)};
}

const Json* element(const Json& array, std::string_view number) {
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), index);
  if (error != std::errc{} || end != number.data() + number.size()) return nullptr;
  return index < array.size() ? &array[index] : nullptr;
}

// "modes.0.refresh" from the object's JSON; nullptr if there is no such member.
const Json* member(const Json& json, std::string_view path) {
  const Json* current = &json;
  while (!path.empty()) {
    const std::string_view step = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), step.size() + 1));
    if (current->is_array()) {
      current = element(*current, step);
    } else {
      const auto found = current->find(step);
      current = found == current->end() ? nullptr : &*found;
    }
    if (!current) return nullptr;
  }
  return current;
}

std::string line_of(const Json& json) {
  if (json.is_null()) return "none";
  return printable(TextStyle{}, json.is_string() ? json.get<std::string>() : dumped(json));
}

std::string lines_of(const Json& json) {
  if (!json.is_array()) return line_of(json) + "\n";
  std::string text;
  for (const Json& each : json) text += line_of(each) + "\n";
  return text;
}

std::string lines_of(const ValueText& value) {
  if (value.details.empty()) return value.text + "\n";
  std::string text;
  for (const std::string& line : value.details) text += line + "\n";
  return text;
}

// What a property means, by members: "EDID.serial".
Json property_member(const Target& target, const PropertyField& field) {
  const Json json = to_json(*target.report->kms, *field.property);
  const Json* found = member(json["data"], field.member);
  if (!found) found = member(json, field.member);
  if (!found) throw_no_field(target);
  return *found;
}

}  // namespace

Json get_json(const Target& target) {
  if (target.field.empty()) return whole(target);
  if (const auto field = property_field(target)) {
    if (!field->member.empty()) return property_member(target, *field);
    return to_json(*target.report->kms, *field->property);
  }
  const Json json = whole(target);
  const Json* found = member(json, target.field);
  if (!found && !target.object) found = member(json["driver"], target.field);
  if (!found) throw_no_field(target);
  return *found;
}

std::string get_text(const Target& target) {
  if (const auto field = property_field(target); field && field->member.empty()) {
    return lines_of(value_text(*target.report->kms, *field->property));
  }
  return lines_of(get_json(target));
}

std::string get_raw(const Target& target) {
  const auto field = property_field(target);
  if (!field || !field->member.empty()) {
    static_cast<void>(get_json(target));  // says so if there is no such thing at all
    throw Error{Failure::usage, "--raw: " + target.field + " is not a property",
                "Leave --raw out, or use --json."};
  }
  const Property& property = *field->property;
  if (property.info->kind == PropertyKind::signed_range) {
    return fmt::format("{}\n", static_cast<std::int64_t>(property.value));
  }
  if (property.info->kind != PropertyKind::blob) return fmt::format("{}\n", property.value);
  const auto bytes = target.report->kms->blob(BlobId{static_cast<std::uint32_t>(property.value)});
  if (!bytes) throw Error{Failure::not_found, target.field + ": there is no blob now", {}};
  return {reinterpret_cast<const char*>(bytes->data()), bytes->size()};
}

}  // namespace drmshow
