#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include <fmt/format.h>

#include "query/graph/graph.hpp"
#include "query/graph/label.hpp"
#include "query/graph/paths.hpp"

namespace drmshow {
namespace {

using Positions = std::vector<std::size_t>;

constexpr std::size_t listed_singly = 8;  // idle objects of a kind: more are only counted

struct KindName {
  std::string_view one;
  std::string_view many;
};

constexpr std::array<KindName, graph_columns> kind_names = {{{"framebuffer", "framebuffers"},
                                                             {"plane", "planes"},
                                                             {"CRTC", "CRTCs"},
                                                             {"encoder", "encoders"},
                                                             {"connector", "connectors"}}};

// Without the kind, which stands in front of the list.
std::string idle_entry(const GraphNode& node) {
  const bool connector = node.kind == NodeKind::connector;
  std::string text = connector ? node.name : fmt::format("{}", node.id);
  if (!node.summary.empty()) return text + " " + node.summary;
  if (connector && node.state == NodeState::idle && !node.details.empty())
    text += " " + node.details.front();
  return text;
}

std::string joined(const std::vector<std::string>& pieces) {
  return fmt::format("{}", fmt::join(pieces, ", "));
}

// "40 overlay, 12 cursor"
std::string census(const std::vector<const GraphNode*>& nodes) {
  std::map<std::string, std::size_t> counts;
  for (const GraphNode* node : nodes) ++counts[node->summary.empty() ? "other" : node->summary];
  std::vector<std::string> pieces;
  for (const auto& [sort, count] : counts) pieces.push_back(fmt::format("{} {}", count, sort));
  return counts.size() == 1 && counts.contains("other") ? std::string{} : joined(pieces);
}

std::string idle_line(const Graph& graph, NodeKind kind) {
  std::vector<const GraphNode*> idle;
  for (const GraphNode& node : graph.nodes) {
    if (node.kind == kind && node.state == NodeState::idle) idle.push_back(&node);
  }
  if (idle.empty()) return {};
  const std::string_view name = kind_names[column_of(kind)].many;
  if (idle.size() > listed_singly && kind != NodeKind::connector) {
    const std::string sorts = census(idle);
    return fmt::format("{} idle {}{}{}\n", idle.size(), name, sorts.empty() ? "" : ": ", sorts);
  }
  std::vector<std::string> entries;
  for (const GraphNode* node : idle) entries.push_back(idle_entry(*node));
  return fmt::format("idle {}: {}\n", name, joined(entries));
}

std::string disconnected_line(const Graph& graph) {
  std::vector<std::string> names;
  for (const GraphNode& node : graph.nodes) {
    if (node.state == NodeState::disconnected) names.push_back(node.name);
  }
  return names.empty() ? std::string{} : fmt::format("disconnected: {}\n", joined(names));
}

// "31, 33-36": ids are numbers the kernel counts up, so that runs of them are common.
std::string id_ranges(std::vector<std::uint32_t> ids) {
  std::ranges::sort(ids);
  std::vector<std::string> pieces;
  for (std::size_t i = 0; i < ids.size();) {
    std::size_t end = i + 1;
    while (end < ids.size() && ids[end] == ids[end - 1] + 1) ++end;
    if (end - i > 2) {
      pieces.push_back(fmt::format("{}-{}", ids[i], ids[end - 1]));
    } else {
      end = i + 1;
      pieces.push_back(fmt::format("{}", ids[i]));
    }
    i = end;
  }
  return joined(pieces);
}

// "planes 31, 33-36", "DP-1, DP-2"; all are of one kind.
std::string names_of(const Graph& graph, const Positions& positions) {
  const NodeKind kind = graph.nodes[positions.front()].kind;
  std::vector<std::string> names;
  std::vector<std::uint32_t> ids;
  for (const std::size_t i : positions) {
    names.push_back(graph.nodes[i].name);
    ids.push_back(graph.nodes[i].id);
  }
  if (kind == NodeKind::connector) return joined(names);
  const KindName& name = kind_names[column_of(kind)];
  return fmt::format("{} {}", ids.size() == 1 ? name.one : name.many, id_ranges(ids));
}

// Sources of one kind that can go to the same targets share a line.
std::string possible_routes(const Graph& graph, Charset charset) {
  std::vector<Positions> targets(graph.nodes.size());
  for (const GraphEdge& edge : graph.edges) {
    if (edge.kind == EdgeKind::possible) targets[edge.from].push_back(edge.to);
  }
  std::map<std::pair<NodeKind, Positions>, Positions> sources;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (!targets[i].empty()) sources[{graph.nodes[i].kind, targets[i]}].push_back(i);
  }
  std::map<std::size_t, std::string> lines;  // by the first source
  for (const auto& [key, group] : sources)
    lines[group.front()] =
        fmt::format("  {} {} {}\n", names_of(graph, group),
                    charset == Charset::unicode ? "┄▶" : "..>", names_of(graph, key.second));
  std::string text = lines.empty() ? "" : "could also be routed:\n";
  for (const auto& [first, line] : lines) text += line;
  return text;
}

}  // namespace

std::string graph_text(const Graph& graph, Charset charset) {
  std::string text = graph.note.empty() ? "" : graph.note + "\n";
  const std::string paths = active_paths(graph, charset);
  if (paths.empty() && graph.note.empty()) text += "Nothing is shown on any display.\n";
  text += paths;
  std::string lists;
  for (std::size_t i = 0; i < graph_columns; ++i)
    lists += idle_line(graph, static_cast<NodeKind>(i));
  lists += disconnected_line(graph);
  lists += possible_routes(graph, charset);
  const bool separate = !text.empty() && !lists.empty();
  return text + (separate ? "\n" : "") + lists;
}

}  // namespace drmshow
