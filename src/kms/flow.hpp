// Minimum-cost maximum flow on small networks whose edges carry one unit: how "light as many
// outputs as possible, and change as little as possible" is solved exactly. Pure.
#pragma once

#include <vector>

namespace drmshow {

class FlowNetwork {
 public:
  using Node = std::size_t;
  using Edge = std::size_t;

  Node add_node();
  /// A node that at most one unit may pass: returned as its entry and exit.
  struct Gate {
    Node in;
    Node out;
  };
  Gate add_gate();

  /// An edge for one unit, at `cost` >= 0.
  Edge add_edge(Node from, Node to, int cost);

  /// Sends as many units as possible from `source` to `sink`, as cheaply as possible for that
  /// number. Returns the number of units.
  int solve(Node source, Node sink);

  bool carries(Edge edge) const { return edges_[edge].capacity == 0; }

 private:
  struct Arc {
    Node to;
    int capacity;  // what is left: 1 or 0; the reverse arc (index ^ 1) has the rest
    int cost;
  };

  std::vector<Edge> cheapest_path(Node source, Node sink) const;

  std::vector<Arc> edges_;
  std::vector<std::vector<Edge>> leaving_;  // of each node: its arcs, forward and reverse
};

}  // namespace drmshow
