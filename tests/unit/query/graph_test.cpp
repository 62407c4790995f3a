// The routing graph: which objects it joins, and that its text and DOT say so.
#include "query/graph/graph.hpp"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "graph_devices.hpp"
#include "query/graph/label.hpp"

namespace drmshow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

std::vector<std::string> edges_of(const Graph& graph, EdgeKind kind) {
  std::vector<std::string> result;
  for (const GraphEdge& edge : graph.edges) {
    if (edge.kind == kind)
      result.push_back(graph.nodes[edge.from].name + " > " + graph.nodes[edge.to].name);
  }
  return result;
}

const GraphNode* find(const Graph& graph, const std::string& name) {
  const auto found = std::ranges::find(graph.nodes, name, &GraphNode::name);
  return found == graph.nodes.end() ? nullptr : &*found;
}

TEST(RoutingGraph, JoinsWhatPixelsPass) {
  const Graph graph = routing_graph(test::one_output(), Edges::active);
  EXPECT_THAT(
      edges_of(graph, EdgeKind::active),
      UnorderedElementsAre("fb/200 > plane/32", "fb/201 > plane/35", "plane/32 > crtc/31",
                           "plane/35 > crtc/31", "crtc/31 > encoder/33", "encoder/33 > DP-1"));
  EXPECT_THAT(edges_of(graph, EdgeKind::possible), IsEmpty());
  EXPECT_EQ(graph.title, "card0 · amdgpu");
  EXPECT_EQ(graph.note, "");
}

TEST(RoutingGraph, EdgesGoFromLeftToRight) {
  for (const auto& [name, make] : test::devices()) {
    const Graph graph = routing_graph(make(), Edges::possible);
    for (const GraphEdge& edge : graph.edges)
      EXPECT_LT(column_of(graph.nodes[edge.from].kind), column_of(graph.nodes[edge.to].kind))
          << name;
  }
}

TEST(RoutingGraph, ClonesShareWhatIsUpstream) {
  const Graph graph = routing_graph(test::clones(), Edges::active);
  EXPECT_THAT(
      edges_of(graph, EdgeKind::active),
      UnorderedElementsAre("fb/201 > plane/33", "plane/33 > crtc/31", "crtc/31 > encoder/35",
                           "crtc/31 > encoder/36", "encoder/35 > DP-1", "encoder/36 > HDMI-A-2",
                           "fb/203 > plane/34", "plane/34 > crtc/32", "crtc/32 > encoder/37",
                           "encoder/37 > DVI-I-3", "encoder/37 > VGA-4"));
  const auto connectors = edge_connectors(graph);
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    const bool shared = graph.nodes[graph.edges[i].from].kind < NodeKind::crtc ||
                        graph.nodes[graph.edges[i].to].name == "encoder/37";
    EXPECT_EQ(connectors[i].size(), shared ? 2u : 1u) << i;
  }
}

TEST(RoutingGraph, AnOutputCountsOnceHoweverManyWaysLeadToIt) {
  Graph graph;
  for (const NodeKind kind : {NodeKind::plane, NodeKind::crtc, NodeKind::encoder, NodeKind::encoder,
                              NodeKind::connector}) {
    graph.nodes.emplace_back().kind = kind;
  }
  for (const auto& [from, to] :
       {std::pair<std::size_t, std::size_t>{0, 1}, {1, 2}, {1, 3}, {2, 4}, {3, 4}})
    graph.edges.push_back({from, to, EdgeKind::active});
  for (const auto& connectors : edge_connectors(graph)) EXPECT_THAT(connectors, ElementsAre(4u));
}

TEST(RoutingGraph, PossibleEdgesAreWhatMasksSay) {
  const Graph graph = routing_graph(test::clones(), Edges::possible);
  EXPECT_THAT(
      edges_of(graph, EdgeKind::possible),
      UnorderedElementsAre("crtc/31 > encoder/37", "crtc/32 > encoder/35", "crtc/32 > encoder/36"));
}

TEST(RoutingGraph, States) {
  const Graph graph = routing_graph(test::four_outputs(), Edges::active);
  EXPECT_EQ(find(graph, "DP-1")->state, NodeState::active);
  EXPECT_EQ(find(graph, "DP-4")->state, NodeState::disconnected);
  EXPECT_EQ(find(graph, "crtc/34")->state, NodeState::idle);
  EXPECT_EQ(find(graph, "plane/45")->state, NodeState::active);
  EXPECT_EQ(find(graph, "plane/36")->state, NodeState::idle);
}

TEST(RoutingGraph, WhatIsReferredToIsShownEvenIfNotListed) {
  const Graph graph = routing_graph(test::hostile(), Edges::active);
  for (const char* name : {"crtc/4294967295", "crtc/4242", "encoder/31337"}) {
    const GraphNode* node = find(graph, name);
    ASSERT_NE(node, nullptr) << name;
    EXPECT_EQ(node->summary, "not listed") << name;
    EXPECT_EQ(node->state, NodeState::active) << name;
  }
}

TEST(RoutingGraph, AFramebufferNeedNotBeListed) {
  const Graph graph = routing_graph(test::hostile(), Edges::active);
  ASSERT_NE(find(graph, "fb/7777"), nullptr);
  EXPECT_EQ(find(graph, "fb/7777")->summary, "");
}

TEST(RoutingGraph, ACrtcBeyondTheMaskIsInNoMask) {
  test::DeviceBuilder device;
  device.crtc();
  device.plane(PlaneType::primary, 0xffffffff);
  device.encoder(0xffffffff);
  device.data.crtcs[0].index = CrtcIndex{99};
  EXPECT_THAT(routing_graph(device.report("odd"), Edges::possible).edges, IsEmpty());
}

TEST(RoutingGraph, EveryNodeIsThereOnce) {
  for (const auto& [name, make] : test::devices()) {
    std::set<std::pair<NodeKind, std::uint32_t>> seen;
    std::set<std::pair<std::size_t, std::size_t>> joined;
    const Graph graph = routing_graph(make(), Edges::possible);
    for (const GraphNode& node : graph.nodes)
      EXPECT_TRUE(seen.emplace(node.kind, node.id).second) << name << ' ' << node.name;
    for (const GraphEdge& edge : graph.edges)
      EXPECT_TRUE(joined.emplace(edge.from, edge.to).second) << name;
  }
}

TEST(RoutingGraph, CrtcWithoutAPlaneShowsItsOwnFramebuffer) {
  const Graph graph = routing_graph(test::legacy(), Edges::active);
  EXPECT_THAT(
      edges_of(graph, EdgeKind::active),
      UnorderedElementsAre("fb/200 > crtc/31", "crtc/31 > encoder/33", "encoder/33 > DP-1"));
}

TEST(RoutingGraph, ConnectorWithoutAnEncoderHangsOnItsCrtc) {
  test::DeviceBuilder device;
  device.simple_output();
  device.light(0, 0, 0, 0);
  device.data.connectors[0].encoder = {};
  device.data.encoders[0].crtc = {};
  const Graph graph = routing_graph(device.report("vkms"), Edges::active);
  EXPECT_THAT(edges_of(graph, EdgeKind::active), testing::Contains("crtc/31 > DP-1"));
  EXPECT_THAT(graph_text(graph, Charset::ascii),
              HasSubstr("crtc/31 1024x768 @ 60.00 Hz -------> DP-1"));
}

TEST(RoutingGraph, ConnectorThatIsOffKeepsItsEncoderIdle) {
  test::DeviceBuilder device;
  device.simple_output();
  device.data.connectors[0].encoder = device.data.encoders[0].id;
  const Graph graph = routing_graph(device.report("vkms"), Edges::active);
  EXPECT_THAT(graph.edges, IsEmpty());
}

TEST(RoutingGraph, SaysWhyThereIsNothing) {
  Report render_only;
  render_only.path = "/dev/dri/card1";
  const Graph graph = routing_graph(render_only, Edges::possible);
  EXPECT_THAT(graph.nodes, IsEmpty());
  EXPECT_EQ(graph_text(graph, Charset::unicode),
            "This device only renders: it drives no displays.\n");

  test::DeviceBuilder device;
  device.connector({}, Connection::disconnected);
  Report sysfs = device.report("");
  sysfs.access = Access::sysfs_only;
  EXPECT_EQ(graph_text(routing_graph(sysfs, Edges::active), Charset::unicode),
            "The device could not be opened: what is routed where is not known.\n\n"
            "disconnected: DP-1\n");
}

struct Shown {
  std::string given;
  std::string expected;
};

TEST(GraphLabel, KeepsTextAndNothingElse) {
  const Shown cases[] = {
      {"DP-1", "DP-1"},
      {"", ""},
      {"Großbild 日本", "Großbild 日本"},
      {"a\x1b[31m\n\t\x7f", "a?[31m???"},
      {"\xc2\x9b"
       "31m",
       "?31m"},  // C1 CSI
      {"a\xe2\x80\xae"
       "b",
       "a?b"},                  // right-to-left override
      {"\xc0\xaf\xff", "???"},  // overlong, no lead byte
      {"\xed\xa0\x80", "???"},  // a surrogate
      {"\xef\xbf\xbf", "?"},    // U+FFFF is not allowed in XML
      {"\xe2\x82", "??"},       // cut off
      {std::string{"a\0b", 3}, "a?b"},
      {std::string(60, 'x'), std::string(60, 'x')},
      {std::string(61, 'x'), std::string(57, 'x') + "..."},
  };
  for (const auto& [given, expected] : cases) EXPECT_EQ(label_text(given), expected);
}

TEST(GraphLabel, Framebuffers) {
  FramebufferInfo fb;
  fb.id = FramebufferId{7};
  EXPECT_EQ(label(make_node(fb)), "fb/7");
  fb.bpp = 32;
  EXPECT_EQ(label(make_node(fb)), "fb/7 32 bpp");
  fb.size = {640, 480};
  fb.format = formats::xrgb8888;
  EXPECT_EQ(label(make_node(fb)), "fb/7 640x480 XRGB8888");
  fb.format = Format{0x01020304};
  EXPECT_EQ(label(make_node(fb)), "fb/7 640x480 ????");
}

TEST(GraphLabel, CrtcInStandbySaysSo) {
  test::DeviceBuilder device;
  device.simple_output();
  device.light(0, 0, 0, 0);
  device.property(device.data.crtcs[0], "ACTIVE", 0);
  EXPECT_EQ(make_node(device.data.crtcs[0]).summary, "1024x768 @ 60.00 Hz, standby");
}

TEST(GraphText, OneOutput) {
  const std::string text =
      graph_text(routing_graph(test::one_output(), Edges::active), Charset::unicode);
  // What the monitor is called is for the EDID's tests.
  EXPECT_THAT(text, testing::StartsWith(
                        "fb/200 1920x1080 XRGB8888 ──▶ plane/32 primary ──────────────────┬▶ "
                        "crtc/31 1920x1080 @ 60.00 Hz ──▶ encoder/33 TMDS ──▶ DP-1"));
  EXPECT_THAT(text,
              HasSubstr("DELL U2720Q\n"
                        "fb/201 256x256 ARGB8888 ────▶ plane/35 cursor 256x256 at -12,40 ─┘\n"));
}

TEST(GraphText, Clones) {
  EXPECT_EQ(
      graph_text(routing_graph(test::clones(), Edges::possible), Charset::unicode),
      R"(fb/201 1920x1080 XRGB8888 ──▶ plane/33 primary ──▶ crtc/31 1920x1080 @ 60.00 Hz ─┬▶ encoder/35 ──▶ DP-1
                                                                                 └▶ encoder/36 ──▶ HDMI-A-2
fb/203 1024x768 XRGB8888 ───▶ plane/34 primary ──▶ crtc/32 1024x768 @ 60.00 Hz ───▶ encoder/37 ─┬▶ DVI-I-3
                                                                                                └▶ VGA-4

could also be routed:
  CRTC 31 ┄▶ encoder 37
  CRTC 32 ┄▶ encoders 35, 36
)");
}

TEST(GraphText, BranchesOfBranches) {
  test::DeviceBuilder device;
  device.crtc();
  device.plane(PlaneType::primary, 1);
  device.encoder(1);
  device.encoder(1);
  for (const std::size_t encoder : {0u, 0u, 1u}) {
    const std::size_t connector = device.connector({encoder});
    device.light_mode(connector, encoder, 0, 0, test::full_hd());
  }
  device.data.framebuffers.clear();
  EXPECT_EQ(graph_text(routing_graph(device.report("odd"), Edges::active), Charset::unicode),
            R"(fb/202 ──▶ plane/32 primary ──▶ crtc/31 1920x1080 @ 60.00 Hz ─┬▶ encoder/33 ─┬▶ DP-1
                                                              │              └▶ DP-2
                                                              └▶ encoder/34 ──▶ DP-3
)");
}

TEST(GraphText, ManyPlanesInAscii) {
  EXPECT_EQ(
      graph_text(routing_graph(test::many_planes(), Edges::possible), Charset::ascii),
      R"(fb/200 3840x2160 XRGB8888 --> plane/35 primary ------------------+> crtc/31 3840x2160 @ 60.00 Hz --> encoder/99 ---> DP-1
fb/202 640x360 NV12 --------> plane/43 overlay 640x360 at 80,0 --+
fb/203 640x360 NV12 --------> plane/44 overlay 640x360 at 90,0 --+
fb/204 640x360 NV12 --------> plane/45 overlay 640x360 at 100,0 -+
fb/201 1920x1080 XRGB8888 --> plane/36 primary -------------------> crtc/32 1920x1080 @ 60.00 Hz --> encoder/101 --> DP-2

59 idle planes: 4 cursor, 53 overlay, 2 primary
idle CRTCs: 33, 34
idle encoders: 103, 105
disconnected: DP-3, DP-4
could also be routed:
  planes 37, 41 ..> CRTC 33
  planes 38, 42 ..> CRTC 34
  plane 39 ..> CRTC 31
  plane 40 ..> CRTC 32
  planes 43-45 ..> CRTCs 32-34
  planes 46-98 ..> CRTCs 31-34
  CRTC 31 ..> encoders 101, 103, 105
  CRTC 32 ..> encoders 99, 103, 105
  CRTCs 33, 34 ..> encoders 99, 101, 103, 105
  encoder 103 ..> DP-3
  encoder 105 ..> DP-4
)");
}

TEST(GraphText, Dark) {
  EXPECT_EQ(graph_text(routing_graph(test::dark(), Edges::active), Charset::unicode),
            R"(Nothing is shown on any display.

idle planes: 32 primary, 36 primary
idle CRTCs: 31, 35
idle encoders: 33, 37
idle connectors: DP-1 connected
disconnected: DP-2
)");
}

TEST(GraphText, AsciiIsAscii) {
  for (const auto& [name, make] : test::devices()) {
    for (const char c : graph_text(routing_graph(make(), Edges::possible), Charset::ascii))
      ASSERT_TRUE(c == '\n' || (c >= ' ' && c < 0x7f)) << name;
  }
}

TEST(Graph, NothingDrawnHoldsControls) {
  for (const auto& [name, make] : test::devices()) {
    const Graph graph = routing_graph(make(), Edges::possible);
    for (const std::string& text :
         {graph_text(graph, Charset::unicode), graph_dot(graph), graph_svg(graph)}) {
      for (const char c : text)
        ASSERT_TRUE(c == '\n' || std::iscntrl(static_cast<unsigned char>(c)) == 0) << name;
    }
  }
}

// What is left when quoted strings are taken out, with "" in their place; and the strings.
struct DotText {
  std::string outside;
  std::vector<std::string> strings;
};

DotText split_dot(const std::string& text) {
  DotText split;
  bool inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (inside && text[i] == '\\') {
      split.strings.back() += text.substr(i++, 2);
    } else if (text[i] == '"') {
      if (!inside) split.strings.emplace_back();
      if (!inside) split.outside += "\"\"";
      inside = !inside;
    } else {
      (inside ? split.strings.back() : split.outside) += text[i];
    }
  }
  EXPECT_FALSE(inside) << "a string does not end";
  return split;
}

// As sysfs tells of them before Linux 6.6.
TEST(RoutingGraph, ConnectorsWithoutIdsAreNotTheSame) {
  test::DeviceBuilder device;
  device.connector({});
  device.connector({}, Connection::disconnected, "HDMI-A");
  for (Connector& connector : device.data.connectors) connector.id = {};
  const Graph graph = routing_graph(device.report("i915"), Edges::active);
  ASSERT_EQ(graph.nodes.size(), 2u);
  EXPECT_EQ(find(graph, "DP-1")->state, NodeState::idle);
  EXPECT_EQ(find(graph, "HDMI-A-2")->state, NodeState::disconnected);
}

TEST(GraphDot, NothingBreaksOutOfItsQuotes) {
  for (const auto& [name, make] : test::devices()) {
    const DotText dot = split_dot(graph_dot(routing_graph(make(), Edges::possible)));
    EXPECT_EQ(std::ranges::count(dot.outside, '{'), 6) << name;
    EXPECT_EQ(std::ranges::count(dot.outside, '}'), 6) << name;
    EXPECT_THAT(dot.outside, Not(HasSubstr("script"))) << name;
    EXPECT_THAT(dot.outside, Not(HasSubstr("xxx"))) << name;
    for (const char c : dot.outside)
      EXPECT_TRUE(std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                  std::string{" \n{}[];=,->_.\""}.find(c) != std::string::npos)
          << name << ": " << c;
  }
}

TEST(GraphDot, HostileNamesAreShownAsTheyAre) {
  const DotText dot = split_dot(graph_dot(routing_graph(test::hostile(), Edges::active)));
  EXPECT_THAT(dot.strings, testing::Contains(R"(\"]; <script>&amp;amp;\\N??[31m\\\nconnected)"));
}

TEST(GraphDot, HasAllNodesAndEdges) {
  const Graph graph = routing_graph(test::four_outputs(), Edges::possible);
  const std::string dot = graph_dot(graph);
  EXPECT_THAT(dot, HasSubstr("rankdir=LR"));
  EXPECT_THAT(dot, HasSubstr("  fb_200 -> plane_41 [style=bold, weight=20];\n"));
  EXPECT_THAT(dot, HasSubstr("  plane_36 -> crtc_31 [style=dashed, "));
  std::size_t arrows = 0;
  for (std::size_t at = dot.find(" -> "); at != std::string::npos; at = dot.find(" -> ", at + 1))
    ++arrows;
  EXPECT_EQ(arrows, graph.edges.size() + 4);  // the headings
  std::size_t ranks = 0;
  for (std::size_t at = dot.find("rank=same"); at != std::string::npos;
       at = dot.find("rank=same", at + 1))
    ++ranks;
  EXPECT_EQ(ranks, graph_columns);
}

}  // namespace
}  // namespace drmshow
