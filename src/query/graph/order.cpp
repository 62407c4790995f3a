#include "query/graph/order.hpp"

#include <algorithm>
#include <utility>

namespace drmshow {
namespace {

constexpr int sweeps = 12;

// Where each item stands in its column.
std::vector<std::size_t> ranks_of(const Layers& layers) {
  std::vector<std::size_t> ranks(layers.items.size());
  for (const auto& column : layers.columns) {
    for (std::size_t i = 0; i < column.size(); ++i) ranks[column[i]] = i;
  }
  return ranks;
}

struct Mean {
  double sum = 0;
  int count = 0;
  void add(double value) {
    sum += value;
    ++count;
  }
};

enum class Side { left, right };

// The mean rank of the neighbours of every item on one side. What is possible counts only where
// nothing is active.
std::vector<double> barycentres(const Layers& layers, Side side) {
  const std::vector<std::size_t> ranks = ranks_of(layers);
  std::vector<Mean> active(layers.items.size());
  std::vector<Mean> possible(layers.items.size());
  for (const Layers::Link& link : layers.links) {
    const std::size_t item = side == Side::left ? link.to : link.from;
    const std::size_t neighbour = side == Side::left ? link.from : link.to;
    (link.active ? active : possible)[item].add(static_cast<double>(ranks[neighbour]));
  }
  std::vector<double> result(layers.items.size());
  for (std::size_t i = 0; i < result.size(); ++i) {
    const Mean& mean = active[i].count > 0 ? active[i] : possible[i];
    result[i] = mean.count > 0 ? mean.sum / mean.count : static_cast<double>(ranks[i]);
  }
  return result;
}

void sort_column(Layers& layers, std::size_t column, const std::vector<double>& keys) {
  std::ranges::stable_sort(layers.columns[column], [&](std::size_t a, std::size_t b) {
    if (layers.items[a].active != layers.items[b].active) return layers.items[a].active;
    return keys[a] < keys[b];
  });
}

void sweep(Layers& layers, Side side) {
  for (std::size_t step = 1; step < graph_columns; ++step) {
    const std::size_t column = side == Side::left ? step : graph_columns - 1 - step;
    sort_column(layers, column, barycentres(layers, side));
  }
}

// Counts, for each value that comes, how many greater ones came before (a Fenwick tree).
class Inversions {
 public:
  explicit Inversions(std::size_t values) : tree_(values + 1) {}

  void add(std::size_t value) {
    ++added_;
    for (std::size_t i = value + 1; i < tree_.size(); i += i & (~i + 1)) ++tree_[i];
  }
  std::int64_t greater_than(std::size_t value) const {
    std::int64_t not_greater = 0;
    for (std::size_t i = value + 1; i > 0; i &= i - 1) not_greater += tree_[i];
    return added_ - not_greater;
  }

 private:
  std::vector<std::int64_t> tree_;
  std::int64_t added_ = 0;
};

using Ends = std::vector<std::pair<std::size_t, std::size_t>>;  // ranks, left and right

std::int64_t crossings_of(Ends& ends, std::size_t right_items) {
  std::ranges::sort(ends);
  Inversions inversions{right_items};
  std::int64_t count = 0;
  for (const auto& [from, to] : ends) {
    count += inversions.greater_than(to);
    inversions.add(to);
  }
  return count;
}

std::size_t add_item(Layers& layers, Layers::Item item) {
  layers.columns[item.column].push_back(layers.items.size());
  layers.items.push_back(item);
  return layers.items.size() - 1;
}

std::vector<std::size_t> add_route(Layers& layers, const Graph& graph, const GraphEdge& edge) {
  const bool active = edge.kind == EdgeKind::active;
  std::vector<std::size_t> route{edge.from};
  const std::size_t last = column_of(graph.nodes[edge.to].kind);
  for (std::size_t column = column_of(graph.nodes[edge.from].kind) + 1; column < last; ++column)
    route.push_back(add_item(layers, {std::nullopt, column, active}));
  route.push_back(edge.to);
  for (std::size_t i = 1; i < route.size(); ++i)
    layers.links.push_back({route[i - 1], route[i], active});
  return route;
}

}  // namespace

Layers make_layers(const Graph& graph) {
  Layers layers;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const GraphNode& node = graph.nodes[i];
    add_item(layers, {i, column_of(node.kind), node.state == NodeState::active});
  }
  for (const GraphEdge& edge : graph.edges) layers.routes.push_back(add_route(layers, graph, edge));
  const std::vector<double> as_given(layers.items.size());
  for (std::size_t column = 0; column < graph_columns; ++column)
    sort_column(layers, column, as_given);
  return layers;
}

Crossings count_crossings(const Layers& layers) {
  const std::vector<std::size_t> ranks = ranks_of(layers);
  std::array<Ends, graph_columns> active;
  std::array<Ends, graph_columns> all;
  for (const Layers::Link& link : layers.links) {
    const std::size_t column = layers.items[link.from].column;
    all[column].emplace_back(ranks[link.from], ranks[link.to]);
    if (link.active) active[column].emplace_back(ranks[link.from], ranks[link.to]);
  }
  Crossings crossings;
  for (std::size_t i = 0; i + 1 < graph_columns; ++i) {
    crossings.active += crossings_of(active[i], layers.columns[i + 1].size());
    crossings.all += crossings_of(all[i], layers.columns[i + 1].size());
  }
  return crossings;
}

namespace {

constexpr std::size_t refined_up_to = 250;  // items: each exchange tried costs a count of all
constexpr int refinements = 4;

// Exchanges neighbours in a column for as long as that helps. Sweeps look at one side at a time and
// miss some of these.
bool exchange_neighbours(Layers& layers, std::vector<std::size_t>& column, Crossings& crossings) {
  bool better = false;
  for (std::size_t i = 1; i < column.size(); ++i) {
    if (layers.items[column[i - 1]].active != layers.items[column[i]].active) continue;
    std::swap(column[i - 1], column[i]);
    const Crossings now = count_crossings(layers);
    if (now >= crossings) {
      std::swap(column[i - 1], column[i]);
    } else {
      crossings = now;
      better = true;
    }
  }
  return better;
}

void refine(Layers& layers, Crossings crossings) {
  if (layers.items.size() > refined_up_to) return;
  bool better = true;
  for (int i = 0; i < refinements && better && crossings.all > 0; ++i) {
    better = false;
    for (auto& column : layers.columns)
      better = exchange_neighbours(layers, column, crossings) || better;
  }
}

}  // namespace

void reduce_crossings(Layers& layers) {
  auto best = layers.columns;
  Crossings fewest = count_crossings(layers);
  for (int i = 0; i < sweeps && fewest.all > 0; ++i) {
    sweep(layers, i % 2 == 0 ? Side::right : Side::left);
    const Crossings crossings = count_crossings(layers);
    if (crossings >= fewest) continue;
    fewest = crossings;
    best = layers.columns;
  }
  layers.columns = std::move(best);
  refine(layers, fewest);
}

}  // namespace drmshow
