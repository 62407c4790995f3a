#include "query/views/formats_view.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "query/names.hpp"
#include "query/object_ref.hpp"
#include "query/routing.hpp"
#include "query/views/device_text.hpp"
#include "query/views/format_columns.hpp"

namespace drmshow {
namespace {

constexpr std::size_t most_single_columns = 12;
constexpr int indent = 2;

// The modifiers of a format, each with its mark in each column.
struct MarkRow {
  std::string modifier;
  std::vector<std::string> marks;
  friend bool operator==(const MarkRow&, const MarkRow&) = default;
};

struct FormatGroup {
  std::vector<std::string> formats;
  std::vector<MarkRow> rows;
};

// What stands above a column: its lines, and the letter that stands for them where there is no
// room.
struct Head {
  std::vector<std::string> lines;
  std::string legend;
};

std::string mark(const TextStyle& style, FormatUse use) {
  if (use == FormatUse::shown_async) return style.unicode ? "◐" : "a";
  return style.unicode ? "●" : "x";
}

std::string modifier_text(const TextStyle& style, const std::optional<Modifier>& modifier) {
  return modifier ? printable(style, modifier_name(*modifier)) : "implicit";
}

// All pairs, those of one format together, otherwise in the order in which they first come.
std::vector<std::pair<Format, std::vector<FormatAndModifier>>> by_format(
    const std::vector<FormatColumn>& columns) {
  std::vector<std::pair<Format, std::vector<FormatAndModifier>>> formats;
  std::map<Format, std::size_t> position;
  std::map<FormatAndModifier, bool> seen;
  for (const FormatColumn& column : columns) {
    for (const FormatAndModifier& pair : column.order) {
      if (!seen.try_emplace(pair, true).second) continue;
      const auto [at, added] = position.try_emplace(pair.format, formats.size());
      if (added) formats.push_back({pair.format, {}});
      formats[at->second].second.push_back(pair);
    }
  }
  return formats;
}

MarkRow mark_row(const TextStyle& style, const std::vector<FormatColumn>& columns,
                 const FormatAndModifier& pair) {
  MarkRow row{modifier_text(style, pair.modifier), {}};
  for (const FormatColumn& column : columns) {
    const auto use = column.uses.find(pair);
    row.marks.push_back(use == column.uses.end() ? "" : mark(style, use->second));
  }
  return row;
}

// Formats that come with the same modifiers for the same planes share their lines.
std::vector<FormatGroup> format_groups(const TextStyle& style,
                                       const std::vector<FormatColumn>& columns) {
  std::vector<FormatGroup> groups;
  for (const auto& [format, pairs] : by_format(columns)) {
    std::vector<MarkRow> rows;
    for (const FormatAndModifier& pair : pairs) rows.push_back(mark_row(style, columns, pair));
    std::ranges::stable_sort(rows, {},
                             [](const MarkRow& row) { return row.modifier == "implicit"; });
    const auto found = std::ranges::find(groups, rows, &FormatGroup::rows);
    if (found == groups.end()) {
      groups.push_back({{printable(style, format_name(format))}, std::move(rows)});
    } else {
      found->formats.push_back(printable(style, format_name(format)));
    }
  }
  return groups;
}

// "A", …, "Z", "AA", …
std::string letters(std::size_t number) {
  std::string text;
  for (++number; number > 0; number = (number - 1) / 26) {
    text.insert(text.begin(), static_cast<char>('A' + (number - 1) % 26));
  }
  return text;
}

// "plane/31, plane/32 on crtc/37; plane/41 on crtc/38"
std::string planes_by_crtcs(const Snapshot& kms, const std::vector<const Plane*>& planes) {
  std::vector<std::pair<CrtcMask, std::vector<std::string>>> sets;
  for (const Plane* plane : planes) {
    auto found = std::ranges::find_if(
        sets, [&](const auto& set) { return set.first.bits == plane->possible_crtcs.bits; });
    if (found == sets.end()) found = sets.insert(sets.end(), {plane->possible_crtcs, {}});
    found->second.push_back(label(plane->id));
  }
  std::vector<std::string> texts;
  for (const auto& [mask, labels] : sets) {
    const auto crtcs = known_crtc_labels(kms, mask);
    texts.push_back(fmt::format("{} on {}", join(labels), crtcs.empty() ? "none" : join(crtcs)));
  }
  return join(texts, "; ");
}

Head head_of(const TextStyle& style, const Snapshot& kms, const FormatColumn& column) {
  if (column.writeback) {
    const Connector& connector = *column.writeback;
    return {{printable(style, connector.name), "writeback"},
            printable(style, label(connector)) + ", writeback"};
  }
  const Plane& plane = *column.planes.front();
  const std::string type{plane_type_word(plane.type)};
  Head head{{label(plane.id), type}, type + ": " + planes_by_crtcs(kms, column.planes)};
  for (std::string& crtc : known_crtc_labels(kms, plane.possible_crtcs))
    head.lines.push_back(std::move(crtc));
  return head;
}

int widest(const auto& texts) {
  int width = 0;
  for (const std::string& text : texts) width = std::max(width, display_width(text));
  return width;
}

// The matrix for the columns from `first` to before `last`.
struct Block {
  std::size_t first, last;
};

class Matrix {
 public:
  Matrix(const TextStyle& style, const Snapshot& kms, const std::vector<FormatColumn>& columns)
      : style_{style}, groups_{format_groups(style, columns)} {
    bool single = true;
    for (const FormatColumn& column : columns) {
      heads_.push_back(head_of(style, kms, column));
      single = single && column.planes.size() <= 1;
    }
    for (const FormatGroup& group : groups_) {
      for (const MarkRow& row : group.rows) {
        modifier_width_ = std::max(modifier_width_, display_width(row.modifier));
      }
    }
    letters_ = !single || !fits_with_heads();
  }

  std::string text() const {
    std::string text = letters_ ? legend() : std::string{};
    for (const Block block : blocks()) text += (text.empty() ? "" : "\n") + block_text(block);
    return text;
  }

 private:
  int marks_at() const { return 2 * indent + modifier_width_; }
  int widest_letter() const { return display_width(letters(heads_.size() - 1)); }
  int column_width(std::size_t at) const {
    return letters_ ? widest_letter() : widest(heads_[at].lines);
  }

  bool fits_with_heads() const {
    int width = marks_at();
    for (const Head& head : heads_) width += 2 + widest(head.lines);
    return style_.width <= 0 || width <= style_.width;
  }

  std::string legend() const {
    std::string text;
    for (std::size_t i = 0; i < heads_.size(); ++i) {
      const std::string letter = pad(letters(i), widest_letter());
      const std::string line = letter + "  " + heads_[i].legend;
      const int room = style_.width > 0 ? style_.width - indent : display_width(line);
      for (const std::string& part : wrap(line, room, widest_letter() + 4)) {
        text += std::string(indent, ' ') + part + '\n';
      }
    }
    return text;
  }

  std::vector<Block> blocks() const {
    if (!letters_ || style_.width <= 0) return {{0, heads_.size()}};
    const int room = style_.width - marks_at();
    const auto each = static_cast<std::size_t>(std::max(1, room / (widest_letter() + 2)));
    std::vector<Block> blocks;
    for (std::size_t first = 0; first < heads_.size(); first += each) {
      blocks.push_back({first, std::min(heads_.size(), first + each)});
    }
    return blocks;
  }

  std::string line_of(std::string_view left, Block block, auto&& cell) const {
    std::string line = pad(left, marks_at());
    for (std::size_t i = block.first; i < block.last; ++i) {
      line += "  " + pad(cell(i), column_width(i));
    }
    while (line.ends_with(' ')) line.pop_back();
    return line + '\n';
  }

  std::string heads_text(Block block) const {
    if (letters_) {
      return line_of("", block, [](std::size_t i) { return letters(i); });
    }
    std::size_t height = 0;
    for (const Head& head : heads_) height = std::max(height, head.lines.size());
    std::string text;
    for (std::size_t y = 0; y < height; ++y) {
      text += line_of("", block, [&](std::size_t i) {
        return y < heads_[i].lines.size() ? heads_[i].lines[y] : std::string{};
      });
    }
    return text;
  }

  std::string group_text(const FormatGroup& group, Block block) const {
    std::string text;
    const std::string formats = join(group.formats);
    const int room = style_.width > 0 ? style_.width : display_width(formats);
    for (const std::string& line : wrap(formats, room)) text += bold(style_, line) + '\n';
    for (const MarkRow& row : group.rows) {
      text += line_of(std::string(indent, ' ') + row.modifier, block,
                      [&](std::size_t i) { return row.marks[i]; });
    }
    return text;
  }

  std::string block_text(Block block) const {
    std::string text = heads_text(block);
    for (const FormatGroup& group : groups_) text += group_text(group, block);
    return text;
  }

  TextStyle style_;
  std::vector<FormatGroup> groups_;
  std::vector<Head> heads_;
  int modifier_width_ = 0;

  bool letters_ = false;
};

// Only of what there is to see.
std::string marks_legend(const TextStyle& style, const std::vector<FormatColumn>& columns) {
  bool async = false;
  bool implicit = false;
  for (const FormatColumn& column : columns) {
    for (const auto& [pair, use] : column.uses) {
      async = async || use == FormatUse::shown_async;
      implicit = implicit || !pair.modifier;
    }
  }
  std::string text = mark(style, FormatUse::shown) + " can be shown";
  if (async)
    text += "   " + mark(style, FormatUse::shown_async) + " also with async flips (tearing)";
  text = dim(style, text) + '\n';
  if (implicit)
    text += dim(style, "implicit: no modifier is told, the driver knows the layout") + '\n';
  return text;
}

}  // namespace

std::string formats_view(const Report& report, const TextStyle& style) {
  std::string text = join(device_heading(style, report), "\n") + "\n";
  if (!report.kms) return text + "  renders only: no displays\n";
  auto [columns, problems] = format_columns(*report.kms);
  if (columns.empty()) return text + "  no planes\n";
  if (columns.size() > most_single_columns) columns = grouped(std::move(columns));
  text += marks_legend(style, columns);
  text += '\n' + Matrix{style, *report.kms, columns}.text();
  for (const std::string& problem : problems) {
    text += paint(style, Role::warning, "note: " + printable(style, problem)) + '\n';
  }
  return text;
}

}  // namespace drmshow
