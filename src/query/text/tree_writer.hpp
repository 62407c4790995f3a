// A tree as text, with guides from each node to its children. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/text/style.hpp"

namespace drmshow {

struct TreeNode {
  std::string text;                  ///< printable(), may be paint()ed; one line
  std::vector<std::string> details;  ///< lines below it, before its children
  std::vector<TreeNode> children;

  TreeNode& add(std::string child_text) {
    return children.emplace_back(TreeNode{std::move(child_text), {}, {}});
  }
  void add(TreeNode child) { children.push_back(std::move(child)); }
};

class TreeWriter {
 public:
  explicit TreeWriter(const TextStyle& style) : style_{style} {}

  /// Appends `root`, flush left, and all below it. Lines that are too wide are continued below
  /// themselves.
  void write(const TreeNode& root);
  std::string text() && { return std::move(text_); }

 private:
  void write_children(const TreeNode& node, const std::string& prefix);
  void write_node(const TreeNode& node, const std::string& first, const std::string& rest);
  void write_lines(std::string_view text, int hanging, const std::string& first,
                   const std::string& rest);

  TextStyle style_;
  std::string text_;
};

/// "name: value", the name dim.
std::string field(const TextStyle& style, std::string_view name, std::string_view value);

}  // namespace drmshow
