#include "query/path.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.hpp"
#include "drm-show/error.hpp"
#include "query/objects.hpp"
#include "query/source.hpp"

namespace drmshow {
namespace {

struct Split {
  std::string_view head;
  std::string_view tail;  // empty if there is no separator
};

Split split_at(std::string_view text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

bool names_device(const Report& report, std::string_view word) {
  return !word.empty() && (report.name() == word || report.driver.name == word);
}

// "plane/31", "crtc/57"
std::optional<ObjectRef> parse_object(std::string_view text) {
  const auto [word, number] = split_at(text, '/');
  const auto kind = kind_named(word);
  std::uint32_t id = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), id);
  if (!kind || error != std::errc{} || end != number.data() + number.size()) return std::nullopt;
  return ObjectRef{*kind, id};
}

// The object that `text` means on one device.
std::optional<ObjectRef> find_object(const Report& report, std::string_view text) {
  const std::vector<ObjectRef> all = objects_of(report);
  if (const auto wanted = parse_object(text)) {
    return std::ranges::find(all, *wanted) != all.end() ? wanted : std::nullopt;
  }
  const auto named = std::ranges::find_if(all, [&](ObjectRef ref) {
    const Connector* connector = find_connector(*report.kms, ref);
    return connector && connector->name == text;
  });
  return named == all.end() ? std::nullopt : std::optional{*named};
}

std::vector<std::string> all_paths(std::span<const Report> reports) {
  std::vector<std::string> names;
  for (const Report& report : reports) {
    names.push_back(report.name());
    for (const ObjectRef object : objects_of(report)) {
      const std::string path = object_path(report, object);
      names.push_back(path.substr(path.find('/') + 1));
    }
  }
  return names;
}

[[noreturn]] void throw_unknown(std::span<const Report> reports, std::string_view what) {
  const std::string word{what};
  if (reports.empty()) throw_no_device();
  throw Error{Failure::not_found, fmt::format("there is no \"{}\"", word),
              did_you_mean(word, all_paths(reports)) + "See what there is with: drm-query tree"};
}

[[noreturn]] void throw_ambiguous(std::string_view word, const std::vector<Target>& targets) {
  std::vector<std::string> paths;
  for (const Target& target : targets) {
    paths.push_back(target.object ? object_path(*target.report, *target.object)
                                  : target.report->name());
  }
  throw Error{Failure::usage, fmt::format("\"{}\" could mean several", word),
              fmt::format("Say which: {}.", fmt::join(paths, ", "))};
}

}  // namespace

Target resolve(std::span<const Report> reports, std::string_view path) {
  // Nothing in front of the first "." has one: devices are named by node or driver here, not by
  // slot.
  const auto [object, tail] = split_at(path, '.');
  const std::string field{tail};
  std::vector<Target> found;
  const auto [first, rest] = split_at(object, '/');
  for (const Report& report : reports) {
    if (report.name() == object && !object.empty()) return {&report, std::nullopt, field};
    if (names_device(report, object)) {
      found.push_back({&report, std::nullopt, field});
      continue;
    }
    const bool qualified = !rest.empty() && names_device(report, first);
    if (const auto ref = find_object(report, qualified ? rest : object)) {
      found.push_back({&report, ref, field});
    }
  }
  if (found.empty()) throw_unknown(reports, object);
  if (found.size() > 1) throw_ambiguous(object, found);
  return found.front();
}

std::string object_path(const Report& report, ObjectRef object) {
  const Connector* connector = report.kms ? find_connector(*report.kms, object) : nullptr;
  if (connector) return report.name() + "/" + connector->name;
  return fmt::format("{}/{}/{}", report.name(), kind_name(object.kind), object.id);
}

}  // namespace drmshow
