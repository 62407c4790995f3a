// In which order the objects of the routing graph stand in their columns, so that few edges cross:
// layers with barycentre sweeps (Sugiyama, Tagawa, Toda 1981). Pure.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "query/graph/graph.hpp"

namespace drmshow {

/// The graph with every edge cut into links between neighbouring columns: an edge that skips a
/// column gets a place of its own there, so that it runs through no box.
struct Layers {
  struct Item {
    std::optional<std::size_t> node;  ///< nullopt: an edge passes
    std::size_t column = 0;
    bool active = false;  ///< these stand above the others
  };
  struct Link {
    std::size_t from;  ///< items
    std::size_t to;
    bool active;
  };

  std::vector<Item> items;
  std::vector<Link> links;
  std::vector<std::vector<std::size_t>> routes;  ///< for each edge its items, left to right
  std::array<std::vector<std::size_t>, graph_columns> columns;  ///< items, top to bottom
};

/// In the order of the graph's nodes.
Layers make_layers(const Graph& graph);

void reduce_crossings(Layers& layers);

/// How often links cross: active ones each other, which counts above all; and any.
struct Crossings {
  std::int64_t active = 0;
  std::int64_t all = 0;
  friend constexpr auto operator<=>(const Crossings&, const Crossings&) = default;
};

Crossings count_crossings(const Layers& layers);

}  // namespace drmshow
