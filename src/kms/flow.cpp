// Successive cheapest augmenting paths; Bellman-Ford, because reverse arcs have negative cost. The
// networks have at most a few hundred nodes.
#include "kms/flow.hpp"

#include <limits>

namespace drmshow {
namespace {

constexpr int unreachable = std::numeric_limits<int>::max();
constexpr std::size_t no_edge = std::numeric_limits<std::size_t>::max();

}  // namespace

FlowNetwork::Node FlowNetwork::add_node() {
  leaving_.emplace_back();
  return leaving_.size() - 1;
}

FlowNetwork::Gate FlowNetwork::add_gate() {
  const Gate gate{add_node(), add_node()};
  add_edge(gate.in, gate.out, 0);
  return gate;
}

FlowNetwork::Edge FlowNetwork::add_edge(Node from, Node to, int cost) {
  const Edge edge = edges_.size();
  edges_.push_back({to, 1, cost});
  edges_.push_back({from, 0, -cost});
  leaving_[from].push_back(edge);
  leaving_[to].push_back(edge + 1);
  return edge;
}

std::vector<FlowNetwork::Edge> FlowNetwork::cheapest_path(Node source, Node sink) const {
  std::vector<int> cost(leaving_.size(), unreachable);
  std::vector<Edge> arrived_by(leaving_.size(), no_edge);
  cost[source] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (Node node = 0; node < leaving_.size(); ++node) {
      if (cost[node] == unreachable) continue;
      for (const Edge edge : leaving_[node]) {
        const Arc& arc = edges_[edge];
        if (arc.capacity == 0 || cost[node] + arc.cost >= cost[arc.to]) continue;
        cost[arc.to] = cost[node] + arc.cost;
        arrived_by[arc.to] = edge;
        changed = true;
      }
    }
  }
  std::vector<Edge> path;
  if (cost[sink] == unreachable) return path;
  for (Node node = sink; node != source; node = edges_[arrived_by[node] ^ 1].to) {
    path.push_back(arrived_by[node]);
  }
  return path;
}

int FlowNetwork::solve(Node source, Node sink) {
  int units = 0;
  for (auto path = cheapest_path(source, sink); !path.empty(); path = cheapest_path(source, sink)) {
    for (const Edge edge : path) {
      edges_[edge].capacity = 0;
      edges_[edge ^ 1].capacity = 1;
    }
    ++units;
  }
  return units;
}

}  // namespace drmshow
