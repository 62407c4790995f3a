// Where the picture's boxes and lines are, on hardware made by hand and on random hardware.
#include "query/graph/layout.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph_devices.hpp"
#include "query/graph/fold.hpp"
#include "query/graph/order.hpp"

namespace drmshow {
namespace {

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

void expect_no_overlap(const GraphLayout& layout) {
  for (std::size_t i = 0; i < layout.boxes.size(); ++i) {
    for (std::size_t k = i + 1; k < layout.boxes.size(); ++k)
      ASSERT_FALSE(overlap(layout.boxes[i].place, layout.boxes[k].place)) << i << ' ' << k;
  }
}

void expect_inside(const GraphLayout& layout) {
  const auto inside = [&](int x, int y) {
    return x >= 0 && y >= 0 && x <= layout.size.width && y <= layout.size.height;
  };
  for (const GraphBox& box : layout.boxes) {
    ASSERT_TRUE(inside(box.place.x, box.place.y));
    ASSERT_TRUE(inside(box.place.right(), box.place.bottom()));
  }
  for (const GraphLine& line : layout.lines) {
    for (const Point point : line.points) ASSERT_TRUE(inside(point.x, point.y));
  }
}

const Rect& place_of(const GraphLayout& layout, std::size_t node) {
  return std::ranges::find(layout.boxes, node, &GraphBox::node)->place;
}

void expect_ends_on_borders(const Graph& graph, const GraphLayout& layout) {
  for (const GraphLine& line : layout.lines) {
    const Rect& from = place_of(layout, graph.edges[line.edge].from);
    const Rect& to = place_of(layout, graph.edges[line.edge].to);
    const Point first = line.points.front();
    const Point last = line.points.back();
    ASSERT_EQ(first.x, from.right());
    ASSERT_EQ(last.x, to.x);
    ASSERT_TRUE(first.y > from.y && first.y < from.bottom());
    ASSERT_TRUE(last.y > to.y && last.y < to.bottom());
  }
}

// A curve lies in the rectangle between its ends, the straight parts are lines.
void expect_no_line_through_a_box(const GraphLayout& layout) {
  for (const GraphLine& line : layout.lines) {
    ASSERT_EQ(line.points.size() % 2, 0u);
    for (std::size_t i = 1; i < line.points.size(); ++i) {
      const Point a = line.points[i - 1];
      const Point b = line.points[i];
      const int top = std::min(a.y, b.y);
      const Rect around{{a.x, top}, {b.x - a.x, std::max(a.y, b.y) - top + 1}};
      for (const GraphBox& box : layout.boxes) ASSERT_FALSE(overlap(around, box.place));
    }
  }
}

void expect_sound(const Graph& graph) {
  const Graph shown = folded(graph);
  const GraphLayout layout = lay_out(shown);
  ASSERT_EQ(layout.boxes.size(), shown.nodes.size());
  ASSERT_GE(layout.lines.size(), shown.edges.size());
  ASSERT_NO_FATAL_FAILURE(expect_no_overlap(layout));
  ASSERT_NO_FATAL_FAILURE(expect_inside(layout));
  ASSERT_NO_FATAL_FAILURE(expect_ends_on_borders(shown, layout));
  ASSERT_NO_FATAL_FAILURE(expect_no_line_through_a_box(layout));
}

TEST(GraphLayout, IsSoundOnDevicesMadeByHand) {
  for (const auto& [name, make] : test::devices()) {
    SCOPED_TRACE(name);
    for (const Edges edges : {Edges::active, Edges::possible})
      ASSERT_NO_FATAL_FAILURE(expect_sound(routing_graph(make(), edges)));
  }
}

// Any objects, which refer to each other at random, also to what is not there.
Graph random_graph(unsigned seed) {
  std::mt19937 random{seed};
  const auto below = [&](std::size_t limit) { return random() % static_cast<unsigned>(limit); };
  Graph graph;
  const std::size_t nodes = 5 + below(60);
  for (std::size_t i = 0; i < nodes; ++i) {
    GraphNode& node = graph.nodes.emplace_back();
    node.kind = static_cast<NodeKind>(below(graph_columns));
    node.id = static_cast<std::uint32_t>(i);
    node.name = "n" + std::to_string(i);
    node.details.assign(below(4), "detail");
  }
  for (std::size_t i = below(100); i > 0; --i) {
    std::size_t from = below(nodes);
    std::size_t to = below(nodes);
    if (graph.nodes[from].kind > graph.nodes[to].kind) std::swap(from, to);
    if (graph.nodes[from].kind == graph.nodes[to].kind) continue;
    const bool neighbours =
        column_of(graph.nodes[from].kind) + 1 == column_of(graph.nodes[to].kind);
    const bool active = !neighbours || below(3) == 0;
    graph.edges.push_back({from, to, active ? EdgeKind::active : EdgeKind::possible});
    if (active) graph.nodes[from].state = graph.nodes[to].state = NodeState::active;
  }
  return graph;
}

TEST(GraphLayout, IsSoundOnRandomGraphs) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    SCOPED_TRACE(seed);
    ASSERT_NO_FATAL_FAILURE(expect_sound(random_graph(seed)));
  }
}

TEST(GraphLayout, WhatIsInUseStandsAboveWhatIsNot) {
  const Graph graph = routing_graph(test::four_outputs(), Edges::possible);
  const GraphLayout layout = lay_out(graph);
  ASSERT_TRUE(layout.idle_y);
  for (const GraphBox& box : layout.boxes) {
    if (graph.nodes[box.node].state == NodeState::active) {
      EXPECT_LT(box.place.bottom(), *layout.idle_y);
    } else {
      EXPECT_GT(box.place.y, *layout.idle_y);
    }
  }
}

TEST(GraphLayout, AChainIsALevelLine) {
  test::DeviceBuilder device;
  device.simple_output();
  device.light_mode(0, 0, 0, 0, test::full_hd());
  for (const GraphLine& line : lay_out(routing_graph(device.report("vkms"), Edges::active)).lines)
    EXPECT_EQ(line.points.front().y, line.points.back().y);
}

TEST(GraphLayout, AnEdgeHasALineForEachOutput) {
  const Graph graph = routing_graph(test::clones(), Edges::active);
  const GraphLayout layout = lay_out(graph);
  const auto connectors = edge_connectors(graph);
  for (std::size_t edge = 0; edge < graph.edges.size(); ++edge)
    EXPECT_EQ(std::ranges::count(layout.lines, edge, &GraphLine::edge),
              static_cast<std::ptrdiff_t>(connectors[edge].size()));
}

TEST(GraphOrder, UntanglesWhatCanBeUntangled) {
  Graph graph;
  for (std::uint32_t i = 0; i < 10; ++i) {
    GraphNode node;
    node.kind = i < 5 ? NodeKind::plane : NodeKind::crtc;
    node.id = i;
    node.state = NodeState::active;
    graph.nodes.push_back(node);
  }
  for (std::size_t i = 0; i < 5; ++i) graph.edges.push_back({i, 9 - i, EdgeKind::active});
  Layers layers = make_layers(graph);
  EXPECT_EQ(count_crossings(layers).all, 10);  // every pair
  reduce_crossings(layers);
  EXPECT_EQ(count_crossings(layers).all, 0);
}

TEST(GraphOrder, NeverMakesItWorse) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    Layers layers = make_layers(random_graph(seed));
    const Crossings before = count_crossings(layers);
    reduce_crossings(layers);
    const Crossings after = count_crossings(layers);
    EXPECT_TRUE(after <= before) << seed;
    reduce_crossings(layers);
    EXPECT_TRUE(count_crossings(layers) <= after) << seed;
  }
}

TEST(GraphOrder, ActivePathsDoNotCrossForTheSakeOfPossibleOnes) {
  for (const auto& [name, make] : test::devices()) {
    Layers layers = make_layers(routing_graph(make(), Edges::possible));
    reduce_crossings(layers);
    EXPECT_EQ(count_crossings(layers).active, 0) << name;  // none of them needs to
  }
}

const GraphNode* stack_in(const Graph& graph) {
  const auto found =
      std::ranges::find_if(graph.nodes, [](const GraphNode& node) { return node.count > 1; });
  return found == graph.nodes.end() ? nullptr : &*found;
}

TEST(GraphFold, ManyIdlePlanesBecomeOne) {
  const Graph graph = folded(routing_graph(test::many_planes(), Edges::active));
  const GraphNode* stack = stack_in(graph);
  ASSERT_NE(stack, nullptr);
  EXPECT_EQ(stack->name, "+59 idle planes");
  EXPECT_THAT(stack->details,
              testing::ElementsAre("4 cursor: 39, 40, 41, 42", "53 overlay", "2 primary: 37, 38"));
}

TEST(GraphFold, OnlyEqualOnesShareABox) {
  const Graph graph = folded(routing_graph(test::many_planes(), Edges::possible));
  const GraphNode* stack = stack_in(graph);
  ASSERT_NE(stack, nullptr);
  EXPECT_EQ(stack->name, "+53 idle planes");
  const auto at = static_cast<std::size_t>(stack - graph.nodes.data());
  EXPECT_EQ(std::ranges::count(graph.edges, at, &GraphEdge::from), 4);
}

TEST(GraphFold, EncodersThatLeadToTheSameConnectorsShareABox) {
  const Graph graph = folded(routing_graph(test::laptop(), Edges::possible));
  std::vector<std::string> encoders;
  for (const GraphNode& node : graph.nodes) {
    if (node.kind == NodeKind::encoder) encoders.push_back(node.name);
  }
  EXPECT_THAT(encoders,
              testing::ElementsAre("encoder/63", "encoder/65", "+8 idle encoders", "encoder/71",
                                   "+3 idle encoders", "encoder/74", "encoder/77"));
}

TEST(GraphFold, HowManyBoxesThereAreIsLimited) {
  test::DeviceBuilder device;
  for (int i = 0; i < 6; ++i) device.crtc();
  for (unsigned i = 0; i < 64; ++i) device.plane(PlaneType::overlay, i);  // all masks differ
  const Graph graph = folded(routing_graph(device.report("odd"), Edges::possible));
  EXPECT_EQ(std::ranges::count(graph.nodes, NodeKind::plane, &GraphNode::kind), 1);
  EXPECT_EQ(stack_in(graph)->count, 64u);
}

TEST(GraphFold, FewPlanesStay) {
  const Graph graph = routing_graph(test::dark(), Edges::possible);
  EXPECT_EQ(folded(graph).nodes.size(), graph.nodes.size());
  EXPECT_EQ(folded(graph).edges.size(), graph.edges.size());
}

TEST(GraphBox, LongTextsAreCut) {
  GraphNode node;
  node.name = std::string(60, 'x');
  node.summary = "日本語" + std::string(57, 'y');
  EXPECT_EQ(box_name(node), std::string(27, 'x') + "…");
  EXPECT_EQ(box_lines(node).front(), "日本語" + std::string(32, 'y') + "…");
}

}  // namespace
}  // namespace drmshow
