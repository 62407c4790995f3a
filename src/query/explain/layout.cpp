#include "query/explain/layout.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace drmshow {
namespace {

constexpr int least_width = 20;
constexpr int label_indent = 2;
constexpr int label_column = 12;  // "  See also  "
constexpr int room_for_column = 60;

class Lines {
 public:
  explicit Lines(const WrapStyle& style)
      : width_{columns(std::max(style.width, least_width))},
        indent_{columns(style.indent)},
        line_(columns(style.first_indent), ' ') {}

  void add(std::string_view word) {
    while (!word.empty()) {
      const std::size_t gap = empty_ ? 0 : 1;
      if (line_.size() + gap + word.size() <= width_) {
        append(word, gap);
        return;
      }
      if (empty_) {  // longer than a line
        const std::size_t part = width_ - line_.size();
        append(word.substr(0, part), 0);
        word.remove_prefix(part);
      }
      end_line();
    }
  }

  void end_line() {
    text_ += line_;
    text_ += '\n';
    line_.assign(indent_, ' ');
    empty_ = true;
  }

  std::string take() {
    if (!empty_) end_line();
    return std::move(text_);
  }

 private:
  static std::size_t columns(int count) { return static_cast<std::size_t>(std::max(count, 0)); }

  void append(std::string_view word, std::size_t gap) {
    line_.append(gap, ' ');
    line_ += word;
    empty_ = false;
  }

  std::size_t width_;
  std::size_t indent_;
  std::string line_;
  std::string text_;
  bool empty_ = true;
};

void add_words(Lines& lines, std::string_view paragraph) {
  while (!paragraph.empty()) {
    const std::size_t end = std::min(paragraph.find(' '), paragraph.size());
    lines.add(paragraph.substr(0, end));
    paragraph.remove_prefix(std::min(end + 1, paragraph.size()));
  }
}

}  // namespace

std::string wrap(std::string_view text, const WrapStyle& style) {
  Lines lines{style};
  for (;;) {
    const std::size_t newline = text.find('\n');
    add_words(lines, text.substr(0, newline));
    if (newline == std::string_view::npos) return lines.take();
    lines.end_line();
    text.remove_prefix(newline + 1);
  }
}

std::string labelled(const Field& field, int width) {
  const bool beside = width >= room_for_column;
  const int column = beside ? label_column : label_indent + 2;
  // A list: what goes on is set in, so that its entries stand out.
  const int hang = field.text.find('\n') == std::string_view::npos ? 0 : 2;
  std::string text;
  for (std::string_view rest = field.text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    text += wrap(rest.substr(0, end),
                 {.width = width, .first_indent = column, .indent = column + hang});
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!beside) return fmt::format("{:{}}{}\n{}", "", label_indent, field.label, text);
  if (!text.empty()) {
    text.replace(static_cast<std::size_t>(label_indent), field.label.size(), field.label);
  }
  return text;
}

std::string in_columns(std::span<const std::string_view> names, int width) {
  std::size_t longest = 1;
  for (const std::string_view name : names) longest = std::max(longest, name.size());
  const std::size_t cell = longest + 2;
  // Each cell has its gap in front: "  NAME".
  const std::size_t across =
      std::max<std::size_t>(1, static_cast<std::size_t>(std::max(width, least_width)) / cell);
  const std::size_t down = (names.size() + across - 1) / across;
  std::string text;
  for (std::size_t row = 0; row < down; ++row) {
    std::string line;
    for (std::size_t i = row; i < names.size(); i += down) {
      line.resize((i / down) * cell, ' ');
      line += "  ";
      line += names[i];
    }
    text += line + '\n';
  }
  return text;
}

}  // namespace drmshow
