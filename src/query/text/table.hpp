// A table of text with aligned columns. Pure.
#pragma once

#include <string>
#include <vector>

#include "query/text/style.hpp"

namespace drmshow {

/// What gives way when a table is too wide.
enum class Overflow {
  keep,     ///< ids and modes: half of one is worse than a wide line
  shorten,  ///< free text: cut off with "…"
  wrap,     ///< of the last column only: goes on in lines of its own
};

struct Column {
  std::string head;
  Align align = Align::left;
  Overflow overflow = Overflow::keep;
};

struct Cell {
  std::string text;  ///< made printable() before
  Role role = Role::plain;
};

class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns) : columns_{std::move(columns)} {}

  /// Missing cells are empty.
  void add(std::vector<Cell> cells);
  bool empty() const { return rows_.empty(); }

  /// Columns that it takes without anything giving way.
  int natural_width() const;
  /// Each line begins with `indent` blanks and ends with '\n'; no line ends with a blank.
  std::string render(const TextStyle& style, int indent = 0) const;

 private:
  std::vector<int> natural_widths() const;
  std::vector<int> fitted_widths(int room) const;
  void render_row(const TextStyle& style, const std::vector<Cell>& cells,
                  const std::vector<int>& widths, int indent, std::string& out) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace drmshow
