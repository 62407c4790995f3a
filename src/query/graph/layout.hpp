// Where the boxes and lines of the routing graph's picture are, in pixels. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "drm-show/geometry.hpp"
#include "query/graph/graph.hpp"

namespace drmshow {

namespace graph_metrics {
inline constexpr int margin = 32;
inline constexpr int name_size = 15;  ///< font sizes
inline constexpr int detail_size = 12;
inline constexpr int padding = 12;  ///< of boxes, left and right
inline constexpr int first_baseline = 22;
inline constexpr int line_height = 17;
inline constexpr int bottom = 11;     ///< from the last baseline to the box's lower border
inline constexpr int stack_step = 4;  ///< between the cards that stand for many objects
inline constexpr int stack_cards = 3;
inline constexpr int lane = 8;  ///< between lines of one edge
}  // namespace graph_metrics

struct GraphBox {
  std::size_t node;
  Rect place;
};

struct GraphLine {
  std::size_t edge;
  /// Whose picture this is; nullopt: of none, or only possible. An edge has a line for each.
  std::optional<std::size_t> connector;
  /// Alternately where a curve starts and where it ends, to go straight on to the next start: first
  /// and last lie on the borders of boxes.
  std::vector<Point> points;
};

struct GraphColumn {
  int x = 0;
  int width = 0;
};

struct GraphLayout {
  Size size;
  std::array<GraphColumn, graph_columns> columns;
  int heading_y = 0;          ///< baseline
  std::optional<int> idle_y;  ///< where what is in use ends and what is not begins
  std::vector<GraphBox> boxes;
  std::vector<GraphLine> lines;
};

/// What a box says, and the lines below that; cut where they would make it too wide.
std::string box_name(const GraphNode& node);
std::vector<std::string> box_lines(const GraphNode& node);

/// `least_width` leaves room for a title.
GraphLayout lay_out(const Graph& graph, int least_width = 0);

/// How wide `text` can become in the common sans-serif fonts, in pixels.
int text_width(const std::string& text, int font_size);

}  // namespace drmshow
