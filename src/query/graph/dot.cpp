#include <array>
#include <string_view>

#include <fmt/format.h>

#include "query/graph/graph.hpp"

namespace drmshow {
namespace {

// For use between double quotes. In labels Graphviz gives a meaning to backslashes and to HTML
// entities ("The DOT Language", "escString"), so that those have to be escaped too.
std::string dot_escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') {
      result += "&amp;";
      continue;
    }
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

// Ids are unique within a kind; the kernel's names need not be.
std::string dot_id(const GraphNode& node) {
  constexpr std::string_view prefixes[] = {"fb", "plane", "crtc", "encoder", "connector"};
  return fmt::format("{}_{}", prefixes[column_of(node.kind)], node.id);
}

std::string dot_label(const GraphNode& node) {
  std::string text = dot_escaped(node.name);
  if (!node.summary.empty()) text += "\\n" + dot_escaped(node.summary);
  for (const std::string& line : node.details) text += "\\n" + dot_escaped(line);
  return text;
}

std::string_view style(NodeState state) {
  switch (state) {
    case NodeState::active:
      return "style=\"rounded,bold\"";
    case NodeState::idle:
      return "style=\"rounded\", color=\"gray60\", fontcolor=\"gray40\"";
    case NodeState::disconnected:
      return "style=\"rounded,dashed\", color=\"gray60\", fontcolor=\"gray40\"";
  }
  return "";
}

std::string column(const Graph& graph, std::size_t index) {
  std::string text = fmt::format("  subgraph column_{} {{\n    rank=same;\n", index);
  text +=
      fmt::format("    heading_{} [shape=plaintext, label=\"{}\"];\n", index, column_names[index]);
  for (const GraphNode& node : graph.nodes) {
    if (column_of(node.kind) == index)
      text += fmt::format("    {} [label=\"{}\", {}];\n", dot_id(node), dot_label(node),
                          style(node.state));
  }
  return text + "  }\n";
}

std::string edge_line(const Graph& graph, const GraphEdge& edge) {
  return fmt::format(
      "  {} -> {} [{}];\n", dot_id(graph.nodes[edge.from]), dot_id(graph.nodes[edge.to]),
      edge.kind == EdgeKind::active ? "style=bold, weight=20"
                                    : "style=dashed, color=\"gray60\", arrowhead=empty, weight=0");
}

}  // namespace

std::string graph_dot(const Graph& graph) {
  std::string text = fmt::format("digraph \"{}\" {{\n", dot_escaped(graph.title));
  text += "  rankdir=LR;\n  ranksep=0.8;\n  fontname=\"sans-serif\";\n";
  text += fmt::format("  labelloc=t;\n  label=\"{}{}{}\";\n", dot_escaped(graph.title),
                      graph.note.empty() ? "" : "\\n", dot_escaped(graph.note));
  text += "  node [shape=box, fontname=\"sans-serif\", fontsize=11];\n";
  for (std::size_t i = 0; i < graph_columns; ++i) text += column(graph, i);
  // Keeps the columns in order where no edge does.
  text += "  edge [style=invis];\n";
  text += "  heading_0 -> heading_1 -> heading_2 -> heading_3 -> heading_4;\n";
  for (const GraphEdge& edge : graph.edges) text += edge_line(graph, edge);
  return text + "}\n";
}

}  // namespace drmshow
