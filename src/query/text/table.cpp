#include "query/text/table.hpp"

#include <algorithm>
#include <numeric>

namespace drmshow {
namespace {

constexpr int gap = 2;
constexpr int least_text = 8;   // a shortened text with fewer columns tells nothing
constexpr int least_wrap = 12;  // below that, wrapping makes a tower of single words

int total(const std::vector<int>& widths) {
  const int gaps = gap * (static_cast<int>(widths.size()) - 1);
  return std::accumulate(widths.begin(), widths.end(), std::max(0, gaps));
}

}  // namespace

void TextTable::add(std::vector<Cell> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

std::vector<int> TextTable::natural_widths() const {
  std::vector<int> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    int width = display_width(columns_[i].head);
    for (const auto& row : rows_) width = std::max(width, display_width(row[i].text));
    widths.push_back(width);
  }
  return widths;
}

int TextTable::natural_width() const {
  return total(natural_widths());
}

// The widest text gives way first, a column at a time, so that short ones stay whole.
std::vector<int> TextTable::fitted_widths(int room) const {
  std::vector<int> widths = natural_widths();
  if (!columns_.empty() && columns_.back().overflow == Overflow::wrap) {
    widths.back() = std::max(std::min(widths.back(), least_wrap),
                             widths.back() - std::max(0, total(widths) - room));
  }
  while (total(widths) > room) {
    int* widest = nullptr;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const bool may = columns_[i].overflow == Overflow::shorten &&
                       widths[i] > std::max(least_text, display_width(columns_[i].head));
      if (may && (!widest || widths[i] > *widest)) widest = &widths[i];
    }
    if (!widest) break;
    --*widest;
  }
  return widths;
}

void TextTable::render_row(const TextStyle& style, const std::vector<Cell>& cells,
                           const std::vector<int>& widths, int indent, std::string& out) const {
  std::string line(static_cast<std::size_t>(indent), ' ');
  std::vector<std::string> more;
  int at = indent;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    std::string text = cells[i].text;
    if (columns_[i].overflow == Overflow::shorten) text = shorten(style, text, widths[i]);
    if (columns_[i].overflow == Overflow::wrap && i + 1 == cells.size()) {
      more = wrap(text, widths[i]);
      text = more.front();
      more.erase(more.begin());
    }
    // Blanks stay outside of the colour: trailing ones must be seen to be trimmed.
    const auto blanks = static_cast<std::size_t>(std::max(0, widths[i] - display_width(text)));
    const bool right = columns_[i].align == Align::right;
    line.append(right ? blanks : 0, ' ');
    line += paint(style, cells[i].role, text);
    line.append(right ? 0 : blanks, ' ');
    if (i + 1 < cells.size()) {
      line.append(gap, ' ');
      at += widths[i] + gap;
    }
  }
  trim_end(line);
  out += line + '\n';
  for (const std::string& rest : more) {
    out.append(static_cast<std::size_t>(at), ' ');
    out += paint(style, cells.back().role, rest) + '\n';
  }
}

std::string TextTable::render(const TextStyle& style, int indent) const {
  const std::vector<int> widths =
      style.width > 0 ? fitted_widths(style.width - indent) : natural_widths();
  std::vector<Cell> heads;
  for (const Column& column : columns_) heads.push_back({column.head, Role::heading});
  std::string out;
  render_row(style, heads, widths, indent, out);
  for (const auto& row : rows_) render_row(style, row, widths, indent, out);
  return out;
}

}  // namespace drmshow
