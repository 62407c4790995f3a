#include "query/explain/explain.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "base/nearest.hpp"
#include "drm-show/error.hpp"
#include "query/explain/layout.hpp"
#include "query/explain/tables.hpp"

namespace drmshow {
namespace {

struct KindNames {
  ExplainedKind kind;
  std::string_view name;
  std::string_view heading;
};

constexpr std::array<KindNames, 6> kinds{{
    {ExplainedKind::connector, "connector", "Connectors"},
    {ExplainedKind::crtc, "CRTC", "CRTCs"},
    {ExplainedKind::plane, "plane", "Planes"},
    {ExplainedKind::colorop, "colour operation", "Colour operations"},
    {ExplainedKind::capability, "capability", "Capabilities"},
    {ExplainedKind::client_capability, "client capability", "Client capabilities"},
}};

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return std::ranges::equal(a, b, {}, lower, lower);
}

struct Question {
  std::string_view name;
  std::vector<ExplainedKind> kinds;  // empty: any
};

// "plane.CRTC_ID", "DRM_CAP_PRIME"; no property has a dot or such a start in its name.
Question parse(std::string_view text) {
  constexpr std::string_view client = "DRM_CLIENT_CAP_";
  constexpr std::string_view device = "DRM_CAP_";
  if (equal_ignoring_case(text.substr(0, client.size()), client)) {
    return {text.substr(client.size()), {ExplainedKind::client_capability}};
  }
  if (equal_ignoring_case(text.substr(0, device.size()), device)) {
    return {text.substr(device.size()), {ExplainedKind::capability}};
  }
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return {text, {}};
  const std::string_view object = text.substr(0, dot);
  const std::string_view name = text.substr(dot + 1);
  if (equal_ignoring_case(object, "connector")) return {name, {ExplainedKind::connector}};
  if (equal_ignoring_case(object, "crtc")) return {name, {ExplainedKind::crtc}};
  if (equal_ignoring_case(object, "plane")) return {name, {ExplainedKind::plane}};
  if (equal_ignoring_case(object, "colorop")) return {name, {ExplainedKind::colorop}};
  return {text, {}};
}

template <class Equal>
std::vector<const Explanation*> matching(const Question& question, Equal equal) {
  std::vector<const Explanation*> found;
  for (const Explanation& explanation : explanations()) {
    const bool right_kind =
        question.kinds.empty() ||
        std::ranges::find(question.kinds, explanation.kind) != question.kinds.end();
    if (right_kind && equal(explanation.name, question.name)) found.push_back(&explanation);
  }
  return found;
}

// "TYPE" of colour operations and "type" of planes: names that differ in case only.
std::vector<const Explanation*> spelt_alike(std::string_view name,
                                            std::span<const Explanation* const> shown) {
  std::vector<const Explanation*> found;
  for (const Explanation* candidate : matching({name, {}}, equal_ignoring_case)) {
    if (std::ranges::find(shown, candidate) == shown.end()) found.push_back(candidate);
  }
  return found;
}

std::string printable(std::string_view text) {
  constexpr std::size_t longest = 80;
  std::string clean{text.substr(0, longest)};
  for (char& c : clean) {
    if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = '?';
  }
  return text.size() > longest ? clean + "..." : clean;
}

[[noreturn]] void throw_unknown(std::string_view name) {
  std::set<std::string> names;
  for (const Explanation& explanation : explanations()) names.emplace(explanation.name);
  const std::string shown = printable(name);
  throw Error{Failure::not_found, fmt::format("no property or capability \"{}\" is known", shown),
              did_you_mean(shown, std::vector<std::string>(names.begin(), names.end())) +
                  "drm-query explain lists all names. Drivers can have properties of their own "
                  "that nobody has explained."};
}

std::string see_also(std::span<const Explanation* const> others) {
  std::string text;
  for (const Explanation* other : others) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", other->name, kind_name(other->kind));
  }
  return text;
}

std::string one_text(const Explanation& explanation, std::string_view also, int width) {
  std::string text = wrap(fmt::format("{} ({})", explanation.name, kind_name(explanation.kind)),
                          {.width = width, .first_indent = 0, .indent = 2});
  text += wrap(explanation.meaning, {.width = width, .first_indent = 2, .indent = 2});
  text += '\n';
  const std::array<Field, 7> fields{{{"Values", explanation.values},
                                     {"Notes", explanation.notes},
                                     {"Set by", explanation.set_by},
                                     {"Since", explanation.since},
                                     {"Source", explanation.source},
                                     {"Example", explanation.example},
                                     {"See also", also}}};
  for (const Field& field : fields) {
    if (!field.text.empty()) text += labelled(field, width);
  }
  return text;
}

}  // namespace

std::string_view kind_name(ExplainedKind kind) {
  const auto* const found = std::ranges::find(kinds, kind, &KindNames::kind);
  return found == kinds.end() ? std::string_view{"?"} : found->name;
}

std::span<const Explanation> explanations() {
  static const std::vector<Explanation> all = [] {
    namespace tables = explain_tables;
    std::vector<Explanation> list;
    for (const auto table : {tables::connector, tables::connector_content, tables::connector_tv,
                             tables::connector_driver, tables::crtc, tables::plane,
                             tables::plane_driver, tables::colorop, tables::capability}) {
      list.insert(list.end(), table.begin(), table.end());
    }
    return list;
  }();
  return all;
}

std::vector<const Explanation*> find_explanations(std::string_view name) {
  const Question question = parse(name);
  auto exact = matching(question, std::equal_to<>{});
  return exact.empty() ? matching(question, equal_ignoring_case) : exact;
}

const Explanation* find_explanation(std::string_view name) {
  const auto found = find_explanations(name);
  return found.empty() ? nullptr : found.front();
}

std::string explain_text(std::string_view name, int width) {
  const auto found = find_explanations(name);
  if (found.empty()) throw_unknown(name);
  const std::string also = see_also(spelt_alike(found.front()->name, found));
  std::string text;
  for (const Explanation* explanation : found) {
    if (!text.empty()) text += '\n';
    text += one_text(*explanation, explanation == found.back() ? also : "", width);
  }
  return text;
}

std::string explain_index(int width) {
  std::string text;
  for (const KindNames& kind : kinds) {
    std::vector<std::string_view> names;
    for (const Explanation& explanation : explanations()) {
      if (explanation.kind == kind.kind) names.push_back(explanation.name);
    }
    std::ranges::sort(names, [](std::string_view a, std::string_view b) {
      return std::ranges::lexicographical_compare(
          a, b, {}, [](char c) { return std::tolower(static_cast<unsigned char>(c)); },
          [](char c) { return std::tolower(static_cast<unsigned char>(c)); });
    });
    text +=
        fmt::format("{}{}\n{}", text.empty() ? "" : "\n", kind.heading, in_columns(names, width));
  }
  return text;
}

}  // namespace drmshow
