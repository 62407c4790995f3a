#include "query/verbs.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.hpp"
#include "drm-show/error.hpp"
#include "query/complete.hpp"
#include "query/diff.hpp"
#include "query/explain/explain.hpp"
#include "query/get.hpp"
#include "query/json/tree.hpp"
#include "query/path.hpp"
#include "query/views/formats_view.hpp"
#include "query/views/object_view.hpp"
#include "query/views/summary.hpp"
#include "query/views/tree.hpp"

namespace drmshow {
namespace {

using Words = std::span<const std::string>;

std::string pretty(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool wants_json(const QueryOptions& options) {
  return options.output == Output::json;
}

void expect_words(Words words, std::size_t least, std::size_t most, const char* usage) {
  if (words.size() >= least && words.size() <= most) return;
  const bool too_many = words.size() > most;
  throw Error{
      Failure::usage,
      too_many ? fmt::format("\"{}\" is one word too many", words[most]) : "a word is missing",
      fmt::format("Usage: drm-query {}", usage)};
}

// At least one, or an Error.
std::vector<Report> some_reports(const QueryOptions& options) {
  std::vector<Report> reports = read_reports(options.source);
  if (!reports.empty()) return reports;
  if (!options.source.file.empty()) {
    throw Error{Failure::no_device,
                fmt::format("{} tells of no device", options.source.file.string())};
  }
  throw_no_device();
}

// A view of each device, with an empty line between.
template <class View>
std::string for_each_device(const QueryOptions& options, View view) {
  std::string text;
  for (const Report& report : some_reports(options)) {
    if (!text.empty()) text += "\n";
    text += view(report);
  }
  return text;
}

Answer answer_summary(const QueryOptions& options, Words words) {
  expect_words(words, 0, 0, "[list]");
  std::vector<Report> reports = some_reports(options);
  if (!wants_json(options)) return {summary(reports, options.style)};
  return {
      {},
      0,
      [kept = std::make_shared<const std::vector<Report>>(std::move(reports))](const Sink& sink) {
        write_json(sink, *kept);
        sink("\n");
      }};
}

Answer answer_tree(const QueryOptions& options, Words words) {
  expect_words(words, 0, 0, "tree");
  if (wants_json(options)) return answer_summary(options, {});
  return {
      for_each_device(options, [&](const Report& report) { return tree(report, options.style); })};
}

Answer answer_show(const QueryOptions& options, Words words) {
  expect_words(words, 1, 1, "show OBJECT (such as DP-1, plane/31 or card0)");
  const auto reports = read_reports(options.source);
  const Target target = resolve(reports, words[0]);
  if (wants_json(options)) return {pretty(get_json(target))};
  if (!target.field.empty()) return {get_text(target)};
  if (!target.object) return {tree(*target.report, options.style)};
  return {object_view(*target.report, *target.object, options.style)};
}

Answer answer_get(const QueryOptions& options, Words words) {
  expect_words(words, 1, 1, "get PATH (such as DP-1.vrr_capable or card0/plane/31.IN_FORMATS)");
  const auto reports = read_reports(options.source);
  const Target target = resolve(reports, words[0]);
  if (options.output == Output::raw) return {get_raw(target)};
  if (wants_json(options)) return {pretty(get_json(target))};
  if (target.field.empty()) {
    throw Error{Failure::usage, fmt::format("get {}: which of its values?", words[0]),
                fmt::format("All of them: drm-query show {}", words[0])};
  }
  return {get_text(target)};
}

// For scripts: plane by plane, what IN_FORMATS says.
Json formats_json(const Report& report) {
  Json json = Json::object();
  if (!report.kms) return json;
  for (const Plane& plane : report.kms->planes()) {
    const Json whole = to_json(report, {ObjectKind::plane, plane.id.raw()});
    Json entry{{"type_name", whole["type_name"]},
               {"possible_crtcs", whole["possible_crtcs"]},
               {"format_names", whole["format_names"]}};
    for (const char* name : {"IN_FORMATS", "IN_FORMATS_ASYNC"}) {
      const Json& properties = whole["properties"];
      entry[name] = properties.contains(name) ? properties[name]["data"] : Json();
    }
    json[fmt::format("plane/{}", plane.id.raw())] = std::move(entry);
  }
  return json;
}

Answer answer_formats(const QueryOptions& options, Words words) {
  expect_words(words, 0, 0, "formats");
  if (wants_json(options)) {
    Json json = Json::object();
    for (const Report& report : some_reports(options)) {
      json[report.path] = formats_json(report);
    }
    return {pretty(json)};
  }
  return {for_each_device(
      options, [&](const Report& report) { return formats_view(report, options.style); })};
}

Json graph_json(const Graph& graph) {
  Json nodes = Json::array();
  for (const GraphNode& node : graph.nodes) {
    constexpr std::array states{"active", "idle", "disconnected"};
    nodes.push_back({{"name", node.name},
                     {"summary", node.summary},
                     {"state", states.at(static_cast<std::size_t>(node.state))}});
  }
  Json edges = Json::array();
  for (const GraphEdge& edge : graph.edges) {
    edges.push_back({{"from", graph.nodes[edge.from].name},
                     {"to", graph.nodes[edge.to].name},
                     {"active", edge.kind == EdgeKind::active}});
  }
  return {{"nodes", std::move(nodes)}, {"edges", std::move(edges)}};
}

std::string draw(const Graph& graph, const std::string& form, const QueryOptions& options) {
  if (form == "dot") return graph_dot(graph);
  if (form == "svg") return graph_svg(graph);
  return graph_text(graph, options.style.unicode ? Charset::unicode : Charset::ascii);
}

// A picture is of one device: of several, the first that has displays.
std::vector<Report> drawn_reports(const QueryOptions& options, const std::string& form) {
  std::vector<Report> reports = some_reports(options);
  if (form == "text") return reports;
  const auto first =
      std::ranges::find_if(reports, [](const Report& r) { return r.kms.has_value(); });
  if (first == reports.end()) {
    throw Error{Failure::no_device, "no device here has displays to draw", {}};
  }
  std::vector<Report> one;
  one.push_back(std::move(*first));
  return one;
}

Answer answer_graph(const QueryOptions& options, Words words) {
  constexpr const char* usage = "graph [text|dot|svg] [--possible]";
  expect_words(words, 0, 1, usage);
  const std::string form = words.empty() ? "text" : words[0];
  if (form != "text" && form != "dot" && form != "svg") {
    throw Error{Failure::usage, fmt::format("graph: \"{}\" is none of text, dot, svg", form),
                fmt::format("Usage: drm-query {}", usage)};
  }
  if (wants_json(options)) {
    Json json = Json::object();
    for (const Report& report : some_reports(options)) {
      json[report.path] = graph_json(routing_graph(report, options.edges));
    }
    return {pretty(json)};
  }
  std::string text;
  for (const Report& report : drawn_reports(options, form)) {
    if (!text.empty()) text += "\n";
    text += draw(routing_graph(report, options.edges), form, options);
  }
  return {text};
}

Json explanation_json(const Explanation& explanation) {
  return {{"name", explanation.name},       {"kind", kind_name(explanation.kind)},
          {"meaning", explanation.meaning}, {"values", explanation.values},
          {"notes", explanation.notes},     {"set_by", explanation.set_by},
          {"source", explanation.source},   {"since", explanation.since},
          {"example", explanation.example}};
}

Answer answer_explain(const QueryOptions& options, Words words) {
  expect_words(words, 0, 1, "explain [PROPERTY] (names with blanks in quotes: \"max bpc\")");
  // Long lines are hard to read, however wide the terminal is.
  const int width = options.style.width == 0 ? 100 : std::clamp(options.style.width, 40, 100);
  if (!wants_json(options)) {
    return {words.empty() ? explain_index(width) : explain_text(words[0], width)};
  }
  Json json = Json::array();
  if (words.empty()) {
    for (const Explanation& each : explanations()) json.push_back(explanation_json(each));
  } else {
    static_cast<void>(explain_text(words[0], width));  // says so if there is none
    for (const Explanation* each : find_explanations(words[0]))
      json.push_back(explanation_json(*each));
  }
  return {pretty(json)};
}

std::vector<Report> read_side(const QueryOptions& options, const std::string& file) {
  Source source = options.source;
  source.file = file;
  return read_reports(source);
}

Answer answer_diff(const QueryOptions& options, Words words) {
  expect_words(words, 1, 2, "diff BEFORE.json [AFTER.json] (without the second: now)");
  const auto before = read_side(options, words[0]);
  const auto after = words.size() > 1 ? read_side(options, words[1]) : read_reports(options.source);
  const std::vector<Change> changes = differences(before, after, Ignore::nothing);
  Answer result{{}, changes.empty() ? 0 : exit_different};
  if (wants_json(options)) {
    Json json = Json::array();
    for (const Change& change : changes) json.push_back(to_json(change));
    result.text = pretty(json);
    return result;
  }
  for (const Change& change : changes) {
    result.text += printable(options.style, to_text(change, options.style.unicode)) + "\n";
  }
  return result;
}

Answer answer_complete(const QueryOptions& options, Words words) {
  std::string text;
  for (const std::string& candidate : completions(options.source, words)) text += candidate + "\n";
  return {text};
}

struct Verb {
  std::string_view name;
  Answer (*answer)(const QueryOptions&, Words);
};

constexpr Verb verbs[] = {
    {"list", answer_summary},    {"tree", answer_tree},       {"show", answer_show},
    {"get", answer_get},         {"formats", answer_formats}, {"graph", answer_graph},
    {"explain", answer_explain}, {"diff", answer_diff},       {"complete", answer_complete},
};

[[noreturn]] void throw_no_verb(const std::string& word) {
  const std::vector<std::string> names{verb_names().begin(), verb_names().end()};
  throw Error{Failure::usage, fmt::format("\"{}\" is nothing that can be asked", word),
              did_you_mean(word, names) + fmt::format("There are: {}.", fmt::join(names, ", "))};
}

// A word that is no verb is what to show; but a mistyped verb should not be answered with "there is
// no object of that name".
[[noreturn]] void rethrow_with_verb(const Error& error, const std::string& word) {
  if (error.failure() != Failure::not_found || word.find('.') != std::string::npos) throw error;
  if (const Explanation* property = find_explanation(word)) {
    throw Error{Failure::not_found, fmt::format("\"{}\" is a property or capability", word),
                fmt::format("What it means: drm-query explain \"{0}\". Its value: drm-query get "
                            "\"OBJECT.{0}\".",
                            property->name)};
  }
  const std::vector<std::string> names{verb_names().begin(), verb_names().end()};
  throw Error{Failure::not_found, fmt::format("there is no \"{}\"", word),
              fmt::format("{}{}. What can be asked: drm-query --help", did_you_mean(word, names),
                          error.hint())};
}

}  // namespace

void print(const Answer& answer, const Sink& sink) {
  if (answer.stream) {
    answer.stream(sink);
  } else {
    sink(answer.text);
  }
}

std::span<const std::string_view> verb_names() {
  static constexpr std::string_view names[] = {"list",    "tree",  "show",    "get",
                                               "formats", "graph", "explain", "diff",
                                               "watch",   "shell", "complete"};
  return names;
}

Answer answer(const QueryOptions& options) {
  const Words words{options.words};
  if (options.output == Output::raw && (words.empty() || words[0] != "get")) {
    throw Error{Failure::usage, "--raw is for get", "Usage: drm-query get PATH --raw"};
  }
  if (words.empty()) return answer_summary(options, {});
  const auto* const verb = std::ranges::find(verbs, std::string_view{words[0]}, &Verb::name);
  if (verb != std::end(verbs)) return verb->answer(options, words.subspan(1));
  if (words.size() > 1) throw_no_verb(words[0]);
  try {
    return answer_show(options, words);
  } catch (const Error& error) {
    rethrow_with_verb(error, words[0]);
  }
}

}  // namespace drmshow
