// Wrapping and columns for the texts of explain.hpp. ASCII only: a byte is a column. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace drmshow {

struct WrapStyle {
  int width = 80;
  int first_indent = 0;  ///< columns before the first line
  int indent = 0;        ///< columns before the lines that go on, and those after a '\n'
};

/// `text` in lines of at most max(width, 20) columns, each ended by '\n'. Words that are longer
/// than a line are cut.
std::string wrap(std::string_view text, const WrapStyle& style);

struct Field {
  std::string_view label;
  std::string_view text;
};

/// The label and its text beside it in a hanging column; below it if `width` leaves no room. A text
/// of several lines is a list.
std::string labelled(const Field& field, int width);

/// The names in as many columns as fit, top to bottom, then left to right.
std::string in_columns(std::span<const std::string_view> names, int width);

}  // namespace drmshow
