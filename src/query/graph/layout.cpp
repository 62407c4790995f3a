#include "query/graph/layout.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string_view>
#include <utility>

#include "query/graph/label.hpp"
#include "query/graph/order.hpp"
#include "query/graph/placing.hpp"

namespace drmshow {
namespace {

using namespace graph_metrics;

constexpr int top = 118;  // title, note and headings
constexpr int legend_height = 64;
constexpr int box_gap = 16;
constexpr int edge_gap = 11;  // between edges on one side of a box
constexpr int zone_gap = 84;  // between what is active and what is idle
constexpr int after_rule = 26;
constexpr int least_box = 96;
constexpr int least_gutter = 84;  // between columns
constexpr int most_gutter = 220;
constexpr std::size_t most_lanes = 4;
constexpr std::size_t longest_name = 28;  // characters in a box
constexpr std::size_t longest_line = 36;

bool has_legend(const Graph& graph) {
  return std::ranges::any_of(graph.edges,
                             [](const GraphEdge& edge) { return edge.kind == EdgeKind::possible; });
}

int stack_depth(const GraphNode& node) {
  return node.count > 1 ? (stack_cards - 1) * stack_step : 0;
}

class Layouter {
 public:
  explicit Layouter(const Graph& graph);
  GraphLayout run(int least_width);

 private:
  using Items = std::vector<std::size_t>;

  void measure();
  int text_height(const GraphNode& node) const;
  int bundle_height(const Items& edges) const;
  int lanes(std::size_t edge) const;
  std::vector<int> slots() const;
  void place_zones();
  void place_columns(int least_width);
  int gutter_after(std::size_t column) const;
  void add_boxes();
  void add_lines();
  void assign_ports(std::size_t item);
  void spread(Items edges, std::size_t item, std::vector<int>& ports, bool incoming);
  void add_line(std::size_t edge, int lane_index, std::optional<std::size_t> connector);
  int centre(std::size_t item) const { return tops_[item] + heights_[item] / 2; }
  int possible_port(std::size_t item) const { return tops_[item] + heights_[item] - 9; }
  int right_of(std::size_t item) const {
    const GraphColumn& column = layout_.columns[layers_.items[item].column];
    return column.x + column.width;
  }
  int left_of(std::size_t item) const { return layout_.columns[layers_.items[item].column].x; }

  const Graph& graph_;
  Layers layers_;
  std::vector<std::vector<std::size_t>> connectors_;
  std::vector<Items> out_, in_;  // active edges of each item that is a node
  std::vector<int> heights_, tops_;
  std::vector<int> out_ports_, in_ports_;  // of each edge: the middle of its lanes
  GraphLayout layout_;
};

Layouter::Layouter(const Graph& graph)
    : graph_{graph},
      layers_{make_layers(graph)},
      connectors_{edge_connectors(graph)},
      out_(layers_.items.size()),
      in_(layers_.items.size()),
      heights_(layers_.items.size()),
      tops_(layers_.items.size()),
      out_ports_(graph.edges.size()),
      in_ports_(graph.edges.size()) {
  reduce_crossings(layers_);
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    if (graph.edges[i].kind != EdgeKind::active) continue;
    out_[graph.edges[i].from].push_back(i);
    in_[graph.edges[i].to].push_back(i);
  }
}

int Layouter::lanes(std::size_t edge) const {
  return static_cast<int>(std::clamp<std::size_t>(connectors_[edge].size(), 1, most_lanes));
}

int Layouter::bundle_height(const Items& edges) const {
  int height = 0;
  for (const std::size_t edge : edges) height += (lanes(edge) - 1) * lane;
  return height + std::max(0, static_cast<int>(edges.size()) - 1) * edge_gap;
}

int Layouter::text_height(const GraphNode& node) const {
  return first_baseline + static_cast<int>(box_lines(node).size()) * line_height + bottom +
         stack_depth(node);
}

void Layouter::measure() {
  for (std::size_t i = 0; i < layers_.items.size(); ++i) {
    const auto node = layers_.items[i].node;
    const int ports = std::max(bundle_height(out_[i]), bundle_height(in_[i])) + 2 * padding;
    heights_[i] = node ? std::max(text_height(graph_.nodes[*node]), ports) : lane * 2;
    heights_[i] += heights_[i] % 2;  // so that centres are whole pixels and level lines level
  }
}

// How much of its column each item takes: as much as the only other that it is joined to, so that
// the line between the two can be level.
std::vector<int> Layouter::slots() const {
  std::vector<int> slots = heights_;
  for (const GraphEdge& edge : graph_.edges) {
    if (edge.kind != EdgeKind::active) continue;
    if (out_[edge.from].size() != 1 || in_[edge.to].size() != 1) continue;
    slots[edge.from] = slots[edge.to] = std::max(slots[edge.from], slots[edge.to]);
  }
  return slots;
}

void Layouter::place_zones() {
  Placing placing{layers_, slots(), box_gap};
  const std::vector<double> active = placing.active_centres();
  int end = top;
  bool any_active = false;
  for (std::size_t i = 0; i < active.size(); ++i) {
    if (!layers_.items[i].active) continue;
    any_active = true;
    tops_[i] = top + static_cast<int>(std::lround(active[i])) - heights_[i] / 2;
    end = std::max(end, tops_[i] + heights_[i]);
  }
  const int idle_top = any_active ? end + zone_gap : top;
  int bottom_edge = end;
  for (const auto& column : layers_.columns) {
    int y = idle_top;
    for (const std::size_t item : column) {
      if (layers_.items[item].active) continue;
      tops_[item] = y;
      y += heights_[item] + box_gap;
      bottom_edge = std::max(bottom_edge, y - box_gap);
    }
  }
  if (any_active && bottom_edge > end) layout_.idle_y = idle_top - after_rule;
  layout_.size.height = bottom_edge + (has_legend(graph_) ? legend_height : margin);
}

// Long steep curves need room to stay apart.
int Layouter::gutter_after(std::size_t column) const {
  int steepest = 0;
  for (const Layers::Link& link : layers_.links) {
    if (layers_.items[link.from].column == column)
      steepest = std::max(steepest, std::abs(centre(link.from) - centre(link.to)));
  }
  return std::clamp(steepest / 3, least_gutter, most_gutter);
}

void Layouter::place_columns(int least_width) {
  int x = margin;
  for (std::size_t c = 0; c < graph_columns; ++c) {
    GraphColumn& column = layout_.columns[c];
    column = {x, least_box};
    for (const std::size_t item : layers_.columns[c]) {
      const auto node = layers_.items[item].node;
      if (!node) continue;
      const GraphNode& shown = graph_.nodes[*node];
      int width = text_width(box_name(shown), name_size);
      for (const std::string& line : box_lines(shown))
        width = std::max(width, text_width(line, detail_size));
      column.width = std::max(column.width, width + 2 * padding + stack_depth(shown));
    }
    x += column.width + (c + 1 < graph_columns ? gutter_after(c) : margin);
  }
  layout_.size.width = std::max(x, least_width + 2 * margin);
}

void Layouter::add_boxes() {
  for (std::size_t c = 0; c < graph_columns; ++c) {
    const GraphColumn& column = layout_.columns[c];
    for (const std::size_t item : layers_.columns[c]) {
      if (const auto node = layers_.items[item].node)
        layout_.boxes.push_back({*node, {{column.x, tops_[item]}, {column.width, heights_[item]}}});
    }
  }
}

// Edges on one side of a box are in the order of their other ends.
void Layouter::spread(Items edges, std::size_t item, std::vector<int>& ports, bool incoming) {
  const auto other_end = [&](std::size_t edge) {
    const auto& route = layers_.routes[edge];
    return centre(incoming ? route[route.size() - 2] : route[1]);
  };
  std::ranges::stable_sort(edges, {}, other_end);
  int y = centre(item) - bundle_height(edges) / 2;
  for (const std::size_t edge : edges) {
    const int height = (lanes(edge) - 1) * lane;
    ports[edge] = y + height / 2;
    y += height + edge_gap;
  }
}

void Layouter::assign_ports(std::size_t item) {
  spread(out_[item], item, out_ports_, false);
  spread(in_[item], item, in_ports_, true);
}

void Layouter::add_line(std::size_t edge, int lane_index, std::optional<std::size_t> connector) {
  const auto& route = layers_.routes[edge];
  const bool active = graph_.edges[edge].kind == EdgeKind::active;
  const int shift = lane_index * lane - (lanes(edge) - 1) * lane / 2;
  GraphLine line{edge, connector, {}};
  const int start = active ? out_ports_[edge] + shift : possible_port(route.front());
  line.points.push_back({right_of(route.front()), start});
  for (std::size_t i = 1; i + 1 < route.size(); ++i) {
    line.points.push_back({left_of(route[i]), centre(route[i]) + shift});
    line.points.push_back({right_of(route[i]), centre(route[i]) + shift});
  }
  const int end = active ? in_ports_[edge] + shift : possible_port(route.back());
  line.points.push_back({left_of(route.back()), end});
  layout_.lines.push_back(std::move(line));
}

void Layouter::add_lines() {
  for (std::size_t i = 0; i < layers_.items.size(); ++i) {
    if (layers_.items[i].node) assign_ports(i);
  }
  for (std::size_t edge = 0; edge < graph_.edges.size(); ++edge) {
    const auto& connectors = connectors_[edge];
    if (connectors.empty()) add_line(edge, 0, std::nullopt);
    for (int k = 0; k < lanes(edge) && !connectors.empty(); ++k)
      add_line(edge, k, connectors[static_cast<std::size_t>(k)]);
  }
}

GraphLayout Layouter::run(int least_width) {
  layout_.heading_y = top - 28;
  measure();
  place_zones();
  place_columns(least_width);
  add_boxes();
  add_lines();
  return std::move(layout_);
}

// In DejaVu Sans, the widest of the usual sans-serif fonts, in thousandths of the font size.
int advance(char c) {
  constexpr std::string_view narrow = "ijlI.,:;|!'()[]/\\ ft-r";
  constexpr std::string_view wide = "mwMW@%+<>=";
  if ((static_cast<unsigned char>(c) & 0xc0) == 0x80) return 0;  // counted with the first byte
  if (narrow.find(c) != std::string_view::npos) return 400;
  if (wide.find(c) != std::string_view::npos) return 980;
  if (static_cast<unsigned char>(c) >= 0x80) return 1000;
  return c >= 'A' && c <= 'Z' ? 720 : 640;
}

// By whole characters of UTF-8.
std::string cut(const std::string& text, std::size_t columns) {
  if (text_columns(text) <= columns) return text;
  std::size_t end = 0;
  while (text_columns(std::string_view{text}.substr(0, end + 1)) < columns) ++end;
  return text.substr(0, end) + "…";
}

}  // namespace

int text_width(const std::string& text, int font_size) {
  const int thousandths = std::transform_reduce(text.begin(), text.end(), 0, std::plus{}, advance);
  return (thousandths * font_size + 999) / 1000;
}

std::string box_name(const GraphNode& node) {
  return cut(node.name, longest_name);
}

std::vector<std::string> box_lines(const GraphNode& node) {
  std::vector<std::string> lines;
  if (!node.summary.empty()) lines.push_back(cut(node.summary, longest_line));
  for (const std::string& detail : node.details) lines.push_back(cut(detail, longest_line));
  return lines;
}

GraphLayout lay_out(const Graph& graph, int least_width) {
  return Layouter{graph}.run(least_width);
}

}  // namespace drmshow
