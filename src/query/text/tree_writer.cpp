#include "query/text/tree_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace drmshow {
namespace {

struct Guides {
  std::string_view branch, last, line, none;
};

constexpr Guides box{"├── ", "└── ", "│   ", "    "};
constexpr Guides ascii{"|-- ", "`-- ", "|   ", "    "};
constexpr int least_room = 30;  // however deep the tree: a terminal's own wrapping is better then

}  // namespace

void TreeWriter::write(const TreeNode& root) {
  write_node(root, "", "");
}

void TreeWriter::write_node(const TreeNode& node, const std::string& first,
                            const std::string& rest) {
  const Guides& guides = style_.unicode ? box : ascii;
  const std::string below{rest + std::string{node.children.empty() ? guides.none : guides.line}};
  write_lines(node.text, 0, first, below);
  for (const std::string& detail : node.details) write_lines(detail, 2, below, below);
  write_children(node, rest);
}

void TreeWriter::write_children(const TreeNode& node, const std::string& prefix) {
  const Guides& guides = style_.unicode ? box : ascii;
  for (const TreeNode& child : node.children) {
    const bool last = &child == &node.children.back();
    write_node(child, prefix + std::string{last ? guides.last : guides.branch},
               prefix + std::string{last ? guides.none : guides.line});
  }
}

void TreeWriter::write_lines(std::string_view text, int hanging, const std::string& first,
                             const std::string& rest) {
  // What `rest` is wider than `first` hangs too, but as guides instead of blanks.
  const int guides = display_width(rest) - display_width(first);
  const int room = std::max(least_room, style_.width - display_width(first));
  const auto lines = style_.width > 0 ? wrap(text, room, guides + hanging)
                                      : std::vector<std::string>{std::string{text}};
  for (const std::string& line : lines) {
    const bool is_first = &line == &lines.front();
    std::string whole = is_first
                            ? dim(style_, first) + line
                            : dim(style_, rest) + line.substr(static_cast<std::size_t>(guides));
    trim_end(whole);
    text_ += whole + '\n';
  }
}

std::string field(const TextStyle& style, std::string_view name, std::string_view value) {
  return dim(style, fmt::format("{}:", name)) + ' ' + std::string{value};
}

}  // namespace drmshow
