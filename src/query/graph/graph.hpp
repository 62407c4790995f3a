// The routing of a display device as a graph: framebuffer → plane → CRTC → encoder → connector, in
// the direction in which pixels flow; and that graph as text, as Graphviz DOT and as SVG. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kms/report.hpp"

namespace drmshow {

/// In the order of the columns in which they are drawn, left to right.
enum class NodeKind { framebuffer, plane, crtc, encoder, connector };
inline constexpr std::size_t graph_columns = 5;
inline constexpr std::array<std::string_view, graph_columns> column_names = {
    "Framebuffers", "Planes", "CRTCs", "Encoders", "Connectors"};
constexpr std::size_t column_of(NodeKind kind) {
  return static_cast<std::size_t>(kind);
}

/// `active`: pixels pass through it, or it has a mode. Of the others, connectors that have nothing
/// plugged in are `disconnected`, the rest `idle`.
enum class NodeState { active, idle, disconnected };

/// All texts are valid UTF-8 without control characters, and not longer than a line.
struct GraphNode {
  NodeKind kind = NodeKind::framebuffer;
  std::uint32_t id = 0;              ///< no two nodes of a kind have the same
  std::string name;                  ///< "plane/31", "DP-1"
  std::string summary;               ///< for the same line: "primary", "Dell Inc. U2720Q"; or empty
  std::vector<std::string> details;  ///< for boxes: further lines
  NodeState state = NodeState::idle;
  std::size_t count = 1;  ///< more: it stands for that many objects (folded())
};

/// `possible`: the hardware could do this; not what it does now.
enum class EdgeKind { active, possible };

/// From and to are positions in Graph::nodes; the column of `from` is left of that of `to`. An edge
/// skips a column where the kernel does not tell which plane or encoder takes part.
struct GraphEdge {
  std::size_t from;
  std::size_t to;
  EdgeKind kind;
};

struct Graph {
  std::string title;  ///< "card0 · amdgpu"
  std::string note;   ///< why there is little or nothing to see, as a sentence; or empty
  std::vector<GraphNode> nodes;
  std::vector<GraphEdge> edges;
};

/// Which edges are wanted: what is in use only, or also what could be.
enum class Edges { active, possible };
enum class Charset { unicode, ascii };

Graph routing_graph(const Report& report, Edges edges);

/// For each edge the connectors (positions of nodes) that what flows through it ends up on. Empty
/// for possible edges, and where the flow ends before a connector.
std::vector<std::vector<std::size_t>> edge_connectors(const Graph& graph);

/// A line for each active path; planes that share a CRTC and outputs that share one are joined by
/// brackets. Idle objects follow, then what could be routed where if the graph has possible edges.
std::string graph_text(const Graph& graph, Charset charset);

/// For Graphviz: `dot -Tpdf`.
std::string graph_dot(const Graph& graph);

/// A picture of its own: no scripts, no references, light and dark.
std::string graph_svg(const Graph& graph);

}  // namespace drmshow
