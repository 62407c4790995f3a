#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "query/graph/fold.hpp"
#include "query/graph/graph.hpp"
#include "query/graph/label.hpp"
#include "query/graph/layout.hpp"
#include "query/graph/svg_style.hpp"

namespace drmshow {
namespace {

using namespace graph_metrics;

constexpr int title_size = 22;
constexpr int arrow_length = 9;

std::string xml_escaped(std::string_view text) {
  constexpr std::string_view special = "&<>\"";
  constexpr std::string_view entities[] = {"&amp;", "&lt;", "&gt;", "&quot;"};
  std::string result;
  for (const char c : text) {
    const std::size_t at = special.find(c);
    if (at == std::string_view::npos) {
      result += c;
    } else {
      result += entities[at];
    }
  }
  return result;
}

std::string text_element(Point at, std::string_view css, std::string_view text) {
  return fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\">{}</text>\n", css, at.x, at.y,
                     xml_escaped(text));
}

std::string rect_element(const Rect& place) {
  return fmt::format(
      "<rect class=\"box\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"9\"/>\n", place.x,
      place.y, place.width, place.height);
}

// The front one is at the top left; the others look out behind it.
std::string cards(const Rect& place, int count) {
  std::string text;
  for (int behind = count - 1; behind >= 0; --behind) {
    const int hidden = (count - 1) * stack_step;
    const int shift = behind * stack_step;
    text += rect_element(
        {{place.x + shift, place.y + shift}, {place.width - hidden, place.height - hidden}});
  }
  return text;
}

// Level where they leave and arrive, so that all of a curve lies between its ends.
std::string path_data(const std::vector<Point>& points, int shortened) {
  std::string data = fmt::format("M{} {}", points[0].x, points[0].y);
  for (std::size_t i = 1; i < points.size(); i += 2) {
    Point to = points[i];
    if (i + 1 == points.size()) to.x -= shortened;
    const int middle = (points[i - 1].x + to.x) / 2;
    data += fmt::format("C{} {} {} {} {} {}", middle, points[i - 1].y, middle, to.y, to.x, to.y);
    if (i + 1 < points.size()) data += fmt::format("H{}", points[i + 1].x);
  }
  return data;
}

std::string arrow_data(Point tip) {
  return fmt::format("M{} {}l-{} -4v8z", tip.x, tip.y, arrow_length);
}

std::string colour_rules(bool dark) {
  std::string rules;
  for (std::size_t i = 0; i < std::size(path_colours); ++i) {
    const auto colour = dark ? path_colours[i].on_dark : path_colours[i].on_light;
    rules += fmt::format("  path.c{0}, .c{0} .box {{ stroke: {1}; }} .h{0} {{ fill: {1}; }}\n", i,
                         colour);
  }
  return rules;
}

std::string style_sheet() {
  return fmt::format("<style>{}{}@media (prefers-color-scheme: dark) {{{}{}}}\n</style>\n",
                     light_style, colour_rules(false), dark_style, colour_rules(true));
}

// Without cuts.
std::string tooltip(const GraphNode& node) {
  std::string text = label(node);
  for (const std::string& line : node.details) text += "\n" + line;
  return text;
}

std::string_view state_class(NodeState state) {
  if (state == NodeState::active) return "used";
  return state == NodeState::idle ? "idle" : "disconnected";
}

class Picture {
 public:
  explicit Picture(const Graph& graph);
  std::string svg() const;

 private:
  std::string header() const;
  std::string description() const;
  std::string column_headings() const;
  std::string idle_rule() const;
  std::string possible_lines() const;
  std::string active_lines() const;
  std::string active_line(const GraphLine& line) const;
  std::string boxes() const;
  std::string box(const GraphBox& shown) const;
  std::string colour_class(char prefix, std::optional<std::size_t> connector) const;
  std::string box_colour(std::size_t node) const;
  std::string legend() const;

  const Graph& graph_;
  GraphLayout layout_;
  std::map<std::size_t, std::size_t> colours_;  // of driven connectors
  std::map<std::size_t, std::set<std::size_t>>
      outputs_;  // of a node: the connectors it is shown on
};

int title_width(const Graph& graph) {
  return std::max(text_width(graph.title, title_size), text_width(graph.note, detail_size + 1));
}

Picture::Picture(const Graph& graph) : graph_{graph}, layout_{lay_out(graph, title_width(graph))} {
  for (const GraphBox& shown : layout_.boxes) {
    const GraphNode& node = graph.nodes[shown.node];
    if (node.kind == NodeKind::connector && node.state == NodeState::active)
      colours_.emplace(shown.node, colours_.size() % std::size(path_colours));
  }
  for (const GraphLine& line : layout_.lines) {
    if (!line.connector) continue;
    outputs_[graph.edges[line.edge].from].insert(*line.connector);
    outputs_[graph.edges[line.edge].to].insert(*line.connector);
  }
}

std::string Picture::colour_class(char prefix, std::optional<std::size_t> connector) const {
  const auto found = connector ? colours_.find(*connector) : colours_.end();
  return found == colours_.end() ? std::string{} : fmt::format(" {}{}", prefix, found->second);
}

// Neutral where several outputs show it.
std::string Picture::box_colour(std::size_t node) const {
  const auto found = outputs_.find(node);
  if (found == outputs_.end() || found->second.size() != 1) return {};
  return colour_class('c', *found->second.begin());
}

std::string Picture::description() const {
  std::vector<std::string> driven;
  std::size_t connectors = 0;
  for (const GraphNode& node : graph_.nodes) {
    if (node.kind != NodeKind::connector) continue;
    ++connectors;
    if (node.state == NodeState::active) driven.push_back(label(node));
  }
  return fmt::format("{} of {} connectors in use{}{}. {}", driven.size(), connectors,
                     driven.empty() ? "" : ": ", fmt::join(driven, ", "), graph_.note);
}

std::string Picture::header() const {
  const auto [width, height] = layout_.size;
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" "
      "viewBox=\"0 0 {0} {1}\" role=\"img\" aria-labelledby=\"title desc\">\n"
      "<title id=\"title\">Display routing of {2}</title>\n<desc id=\"desc\">{3}</desc>\n{4}"
      "<rect class=\"ground\" width=\"{0}\" height=\"{1}\"/>\n{5}{6}",
      width, height, xml_escaped(graph_.title), xml_escaped(description()), style_sheet(),
      text_element({margin, 44}, "title", graph_.title),
      graph_.note.empty() ? "" : text_element({margin, 66}, "note", graph_.note));
}

std::string Picture::column_headings() const {
  std::string text;
  for (std::size_t i = 0; i < graph_columns; ++i)
    text += text_element({layout_.columns[i].x, layout_.heading_y}, "heading", column_names[i]);
  const int y = layout_.heading_y + 9;
  return text + fmt::format("<path class=\"rule\" d=\"M{} {}H{}\"/>\n", margin, y,
                            layout_.size.width - margin);
}

std::string Picture::idle_rule() const {
  if (!layout_.idle_y) return {};
  return text_element({margin, *layout_.idle_y - 8}, "heading", "Not in use") +
         fmt::format("<path class=\"rule\" d=\"M{} {}H{}\"/>\n", margin, *layout_.idle_y,
                     layout_.size.width - margin);
}

std::string Picture::active_line(const GraphLine& line) const {
  return fmt::format("<path class=\"active{}\" d=\"{}\"/>\n<path class=\"head{}\" d=\"{}\"/>\n",
                     colour_class('c', line.connector), path_data(line.points, arrow_length - 1),
                     colour_class('h', line.connector), arrow_data(line.points.back()));
}

std::string Picture::possible_lines() const {
  std::string text;
  for (const GraphLine& line : layout_.lines) {
    if (graph_.edges[line.edge].kind == EdgeKind::possible)
      text += fmt::format("<path class=\"possible\" d=\"{}\"/>\n", path_data(line.points, 0));
  }
  return text;
}

// A casing in the colour of the ground sets an edge off from those that it crosses.
std::string Picture::active_lines() const {
  std::string text;
  std::string edge_text;  // those lines of one edge that are above all its casings
  for (std::size_t i = 0; i < layout_.lines.size(); ++i) {
    const GraphLine& line = layout_.lines[i];
    if (graph_.edges[line.edge].kind == EdgeKind::possible) continue;
    text += fmt::format("<path class=\"casing\" d=\"{}\"/>\n",
                        path_data(line.points, arrow_length - 1));
    edge_text += active_line(line);
    if (i + 1 < layout_.lines.size() && layout_.lines[i + 1].edge == line.edge) continue;
    text += std::exchange(edge_text, {});
  }
  return text;
}

std::string Picture::box(const GraphBox& shown) const {
  const GraphNode& node = graph_.nodes[shown.node];
  std::string text = fmt::format("<g class=\"{}{}\">\n<title>{}</title>\n", state_class(node.state),
                                 box_colour(shown.node), xml_escaped(tooltip(node)));
  text += cards(shown.place, node.count > 1 ? stack_cards : 1);
  const int x = shown.place.x + padding;
  int y = shown.place.y + first_baseline;
  text += text_element({x, y}, "name", box_name(node));
  for (const std::string& line : box_lines(node))
    text += text_element({x, y += line_height}, "detail", line);
  return text + "</g>\n";
}

std::string Picture::boxes() const {
  std::string text;
  for (const GraphBox& shown : layout_.boxes) text += box(shown);
  return text;
}

std::string Picture::legend() const {
  const bool any = std::ranges::any_of(
      graph_.edges, [](const GraphEdge& edge) { return edge.kind == EdgeKind::possible; });
  if (!any) return {};
  const int y = layout_.size.height - 24;
  return fmt::format("<path class=\"active\" d=\"M{} {}h32\"/>\n", margin, y) +
         text_element({margin + 42, y + 4}, "detail", "in use") +
         fmt::format("<path class=\"possible\" d=\"M{} {}h32\"/>\n", margin + 108, y) +
         text_element({margin + 150, y + 4}, "detail", "possible");
}

std::string Picture::svg() const {
  return header() + column_headings() + idle_rule() + possible_lines() + active_lines() + boxes() +
         legend() + "</svg>\n";
}

}  // namespace

std::string graph_svg(const Graph& graph) {
  const Graph shown = folded(graph);
  return Picture{shown}.svg();
}

}  // namespace drmshow
