#include "query/graph/fold.hpp"

#include <map>
#include <numeric>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace drmshow {
namespace {

constexpr std::size_t shown_alone = 2;    // equal objects
constexpr std::size_t shown_at_most = 8;  // boxes of idle objects in a column

constexpr std::size_t most_lines = 4;
constexpr std::size_t named_ids = 5;

using Positions = std::vector<std::size_t>;
using Neighbours = std::set<std::size_t>;

bool may_fold(const GraphNode& node) {
  return node.state == NodeState::idle &&
         (node.kind == NodeKind::plane || node.kind == NodeKind::encoder);
}

/// Of each node, what its edges lead to.
struct Reach {
  explicit Reach(const Graph& graph) : all(graph.nodes.size()), onwards(graph.nodes.size()) {
    for (const GraphEdge& edge : graph.edges) {
      all[edge.from].insert(edge.to);
      all[edge.to].insert(edge.from);
      onwards[edge.from].insert(edge.to);
    }
  }
  std::vector<Neighbours> all;
  std::vector<Neighbours> onwards;
};

using Groups = std::map<Neighbours, Positions>;

Groups grouped_by(const Graph& graph, NodeKind kind, const std::vector<Neighbours>& keys) {
  Groups groups;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    if (graph.nodes[i].kind == kind && may_fold(graph.nodes[i])) groups[keys[i]].push_back(i);
  }
  return groups;
}

bool too_many_boxes(const Groups& groups) {
  std::size_t boxes = 0;
  for (const auto& [key, members] : groups)
    boxes += members.size() > shown_alone ? 1 : members.size();
  return boxes > shown_at_most;
}

// The idle nodes of one kind, those together that are to be one: equal ones; else those that lead
// to the same; else all.
Groups groups_of(const Graph& graph, NodeKind kind, const Reach& reach) {
  Groups groups = grouped_by(graph, kind, reach.all);
  if (too_many_boxes(groups)) groups = grouped_by(graph, kind, reach.onwards);
  if (too_many_boxes(groups))
    groups = grouped_by(graph, kind, std::vector<Neighbours>(graph.nodes.size()));
  std::erase_if(groups, [](const auto& group) { return group.second.size() <= shown_alone; });
  return groups;
}

// "40 overlay", "2 cursor: 33, 35": what there is of each sort.
std::vector<std::string> census(const Graph& graph, const Positions& members) {
  std::map<std::string, std::vector<std::uint32_t>> sorts;
  for (const std::size_t i : members) sorts[graph.nodes[i].summary].push_back(graph.nodes[i].id);
  std::vector<std::string> lines;
  for (const auto& [sort, ids] : sorts) {
    if (lines.size() == most_lines) break;
    std::string line = fmt::format("{}{}{}", ids.size(), sort.empty() ? "" : " ", sort);
    if (ids.size() <= named_ids) line += fmt::format(": {}", fmt::join(ids, ", "));
    lines.push_back(std::move(line));
  }
  return lines;
}

GraphNode stack(const Graph& graph, const Positions& members) {
  GraphNode node = graph.nodes[members.front()];
  node.count = members.size();
  node.name = fmt::format("+{} idle {}", members.size(),
                          node.kind == NodeKind::plane ? "planes" : "encoders");
  node.summary.clear();
  node.details = census(graph, members);
  return node;
}

// Every node becomes its leader, and a leader what `stacks` has for it.
Graph replaced(const Graph& graph, const Positions& leader,
               const std::map<std::size_t, GraphNode>& stacks) {
  Graph result{graph.title, graph.note, {}, {}};
  Positions place(graph.nodes.size());
  for (std::size_t i = 0; i < leader.size(); ++i) {
    if (leader[i] != i) continue;
    place[i] = result.nodes.size();
    const auto found = stacks.find(i);
    result.nodes.push_back(found == stacks.end() ? graph.nodes[i] : found->second);
  }
  std::set<std::pair<std::size_t, std::size_t>> joined;
  for (const GraphEdge& edge : graph.edges) {
    const std::size_t from = place[leader[edge.from]];
    const std::size_t to = place[leader[edge.to]];
    if (joined.emplace(from, to).second) result.edges.push_back({from, to, edge.kind});
  }
  return result;
}

}  // namespace

Graph folded(const Graph& graph) {
  const Reach reach{graph};
  Positions leader(graph.nodes.size());
  std::iota(leader.begin(), leader.end(), std::size_t{0});
  std::map<std::size_t, GraphNode> stacks;  // by the first of their members
  for (const NodeKind kind : {NodeKind::plane, NodeKind::encoder}) {
    for (const auto& [key, members] : groups_of(graph, kind, reach)) {
      for (const std::size_t i : members) leader[i] = members.front();
      stacks.emplace(members.front(), stack(graph, members));
    }
  }
  return replaced(graph, leader, stacks);
}

}  // namespace drmshow
