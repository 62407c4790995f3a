#include "query/graph/paths.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "query/graph/label.hpp"

namespace drmshow {
namespace {

using Positions = std::vector<std::size_t>;

/// How a cell is joined to the next one, or to the rows above and below.
enum class Join {
  none,
  straight,
  split_first,
  split_middle,
  split_last,
  merge_middle,
  merge_last,
  pass
};

struct Glyphs {
  std::string_view line;
  std::string_view arrow_head;
  std::array<std::string_view, 8> joins;  // by Join, without what follows
};

constexpr Glyphs unicode_glyphs = {"─", "▶", {" ", "─", "┬", "├", "└", "┤", "┘", "│"}};
constexpr Glyphs ascii_glyphs = {"-", ">", {" ", "-", "+", "+", "+", "+", "+", "|"}};

/// One line of a path: framebuffer, plane, CRTC, encoder, connector, and the joins between them.
struct Row {
  std::array<std::string, graph_columns> cells;
  std::array<Join, graph_columns - 1> joins{};
};

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += piece;
  return text;
}

Join join_of(std::size_t index, std::size_t count, Join middle, Join last) {
  if (count == 1) return Join::straight;
  if (index == 0) return Join::split_first;
  return index + 1 == count ? last : middle;
}

class Paths {
 public:
  explicit Paths(const Graph& graph);

  std::vector<Row> rows() const;

 private:
  void add_inputs(std::vector<Row>& rows, std::size_t crtc) const;
  void add_outputs(std::vector<Row>& rows, std::size_t crtc) const;
  std::vector<Row> rows_of(std::size_t crtc) const;
  std::vector<Row> rows_without_crtc() const;
  std::string plane_source(std::size_t plane) const;
  bool reaches_crtc(std::size_t plane) const;

  const Graph& graph_;
  std::vector<Positions> to_;    // active edges, from their sources
  std::vector<Positions> from_;  // and from their targets
};

Paths::Paths(const Graph& graph)
    : graph_{graph}, to_(graph.nodes.size()), from_(graph.nodes.size()) {
  for (const GraphEdge& edge : graph.edges) {
    if (edge.kind != EdgeKind::active) continue;
    to_[edge.from].push_back(edge.to);
    from_[edge.to].push_back(edge.from);
  }
}

std::string Paths::plane_source(std::size_t plane) const {
  return from_[plane].empty() ? std::string{} : label(graph_.nodes[from_[plane].front()]);
}

void Paths::add_inputs(std::vector<Row>& rows, std::size_t crtc) const {
  const Positions& sources = from_[crtc];
  rows.resize(std::max(rows.size(), sources.size()));
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const GraphNode& source = graph_.nodes[sources[i]];
    const bool is_plane = source.kind == NodeKind::plane;
    rows[i].cells[0] = is_plane ? plane_source(sources[i]) : label(source);
    if (is_plane) rows[i].cells[1] = label(source);
    if (!rows[i].cells[0].empty()) rows[i].joins[0] = Join::straight;
    rows[i].joins[1] = join_of(i, sources.size(), Join::merge_middle, Join::merge_last);
  }
}

void Paths::add_outputs(std::vector<Row>& rows, std::size_t crtc) const {
  std::size_t at = 0;
  const Positions& targets = to_[crtc];
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const bool direct = graph_.nodes[targets[i]].kind == NodeKind::connector;
    const Positions connectors = direct ? Positions{targets[i]} : to_[targets[i]];
    const std::size_t height = std::max<std::size_t>(connectors.size(), 1);
    rows.resize(std::max(rows.size(), at + height));
    if (!direct) rows[at].cells[3] = label(graph_.nodes[targets[i]]);
    rows[at].joins[2] = join_of(i, targets.size(), Join::split_middle, Join::split_last);
    for (std::size_t k = 0; k < connectors.size(); ++k) {
      rows[at + k].cells[4] = label(graph_.nodes[connectors[k]]);
      rows[at + k].joins[3] = join_of(k, connectors.size(), Join::split_middle, Join::split_last);
      if (k > 0 && i + 1 < targets.size()) rows[at + k].joins[2] = Join::pass;
    }
    at += height;
  }
}

std::vector<Row> Paths::rows_of(std::size_t crtc) const {
  std::vector<Row> rows(1);
  rows[0].cells[2] = label(graph_.nodes[crtc]);
  add_inputs(rows, crtc);
  add_outputs(rows, crtc);
  return rows;
}

bool Paths::reaches_crtc(std::size_t plane) const {
  return !to_[plane].empty();
}

std::vector<Row> Paths::rows_without_crtc() const {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
    const GraphNode& node = graph_.nodes[i];
    if (node.kind != NodeKind::plane || node.state != NodeState::active || reaches_crtc(i))
      continue;
    Row& row = rows.emplace_back();
    row.cells = {plane_source(i), label(node), "", "", ""};
    row.joins[0] = Join::straight;
  }
  return rows;
}

std::vector<Row> Paths::rows() const {
  std::vector<Row> all;
  for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
    const GraphNode& node = graph_.nodes[i];
    if (node.kind == NodeKind::crtc && node.state == NodeState::active)
      std::ranges::move(rows_of(i), std::back_inserter(all));
  }
  std::ranges::move(rows_without_crtc(), std::back_inserter(all));
  return all;
}

bool comes_from_the_left(Join join) {
  return join == Join::straight || join == Join::split_first || join == Join::merge_middle ||
         join == Join::merge_last;
}

bool goes_to_the_right(Join join) {
  return join == Join::straight || join == Join::split_first || join == Join::split_middle ||
         join == Join::split_last;
}

/// A path that skips the column at `index` is drawn through it.
bool passes_through(const Row& row, std::size_t index) {
  return row.cells[index].empty() && index > 0 && index + 1 < graph_columns &&
         goes_to_the_right(row.joins[index - 1]) && comes_from_the_left(row.joins[index]);
}

std::string draw(const Row& row, const std::array<std::size_t, graph_columns>& widths,
                 const Glyphs& glyphs) {
  std::string text;
  for (std::size_t i = 0; i < graph_columns; ++i) {
    const bool through = passes_through(row, i);
    text += through ? repeated(glyphs.line, widths[i]) : row.cells[i];
    if (i + 1 == graph_columns) break;
    const Join join = row.joins[i];
    const std::string_view lead = comes_from_the_left(join) ? glyphs.line : " ";
    text += through ? glyphs.line : " ";
    if (!through) text += repeated(lead, widths[i] - text_columns(row.cells[i]));
    text += lead;
    text += glyphs.joins[static_cast<std::size_t>(join)];
    const bool on = goes_to_the_right(join);
    const bool arrives = on && !passes_through(row, i + 1);
    text += arrives ? glyphs.arrow_head : on ? glyphs.line : " ";
    text += on && !arrives ? glyphs.line : " ";
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

}  // namespace

std::string active_paths(const Graph& graph, Charset charset) {
  const Glyphs& glyphs = charset == Charset::unicode ? unicode_glyphs : ascii_glyphs;
  const std::vector<Row> rows = Paths{graph}.rows();
  std::array<std::size_t, graph_columns> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < graph_columns; ++i)
      widths[i] = std::max(widths[i], text_columns(row.cells[i]));
  }
  std::string text;
  for (const Row& row : rows) text += draw(row, widths, glyphs);
  return text;
}

}  // namespace drmshow
