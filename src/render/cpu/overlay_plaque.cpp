#include "render/cpu/overlay_plaque.hpp"

#include <algorithm>
#include <numeric>

#include "render/cpu/pattern_text.hpp"
#include "render/cpu/rounded_box.hpp"

namespace drmshow {
namespace {

constexpr Pixel plaque_colour = rgb(11, 14, 19);
constexpr Pixel ink_colour = rgb(240, 243, 247);
constexpr int floating_shade = 208;  // of 255: the pattern still shows through
constexpr int opaque_shade = 255;

int heading_height(int text) {
  return text * 3 / 2;
}
int padding_of(int text) {
  return text * 3 / 4;
}

std::vector<int> heights(std::size_t lines, int text) {
  std::vector<int> list(lines, text);
  if (!list.empty()) list.front() = heading_height(text);
  return list;
}

int total(const std::vector<int>& list) {
  return std::accumulate(list.begin(), list.end(), 0);
}

int widest(const Font& font, const Label& label, const std::vector<int>& list) {
  int width = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    width = std::max(width, font.text_width(label.lines[i], list[i]));
  }
  return width;
}

/// Lines whose text is `text` pixels high and that are not too many for `area`.
std::vector<int> fitting(std::size_t lines, int text, Rect area) {
  while (lines > 0 && total(heights(lines, text)) + padding_of(text) > area.height) --lines;
  return heights(lines, text);
}

/// The largest text with which every line fits `area`, not below smallest_text.
int text_height(const Font& font, const Label& label, Rect area, int tallest) {
  const auto fits = [&](int text) {
    const auto list = heights(label.lines.size(), text);
    return total(list) + padding_of(text) <= area.height &&
           widest(font, label, list) + 2 * padding_of(text) <= area.width;
  };
  int text = std::max(tallest, smallest_text);
  while (text > smallest_text && !fits(text)) --text;
  return text;
}

void paste(const Mask& from, Point at, Mask& to) {
  for (int y = 0; y < from.size.height; ++y) {
    const auto source = from.row(y);
    std::copy(source.begin(), source.end(), to.row(at.y + y).begin() + at.x);
  }
}

bool same_rows(const Mask& mask, int y) {
  const auto row = mask.row(y);
  return std::equal(row.begin(), row.end(), mask.row(y - 1).begin());
}

bool in_plaque(const Plaque& plaque, int y) {
  return y >= plaque.box.y && y < plaque.box.bottom();
}

}  // namespace

PlaqueLayout lay_out_plaque(const Font& font, const Label& label, Rect area, int tallest,
                            PlaqueStyle style) {
  if (area.size().empty() || label.lines.empty()) return {};
  const int text = text_height(font, label, area, tallest);
  PlaqueLayout layout{area, padding_of(text), fitting(label.lines.size(), text, area)};
  const int least_width = font.text_width("MMMM", text) + 2 * layout.padding;
  if (layout.line_heights.empty() || area.width < least_width) return {};
  if (style == PlaqueStyle::host) return layout;
  const int width =
      std::min(area.width, widest(font, label, layout.line_heights) + 2 * layout.padding);
  const int height = total(layout.line_heights) + layout.padding;
  layout.box = Rect{{area.x + (area.width - width) / 2, area.bottom() - height}, {width, height}};
  return layout;
}

Plaque draw_plaque(const Font& font, const Label& label, const PlaqueLayout& layout,
                   PlaqueStyle style) {
  const Size size = layout.box.size();
  const bool floating = style == PlaqueStyle::floating;
  const int radius = floating ? std::min({layout.padding, size.width / 2, size.height / 2}) : 0;
  Plaque plaque{layout.box, rounded_box(size, radius, floating ? floating_shade : opaque_shade),
                Mask{size}, std::vector<bool>(static_cast<std::size_t>(size.height))};
  int y = (size.height - total(layout.line_heights)) / 2;
  for (std::size_t i = 0; i < layout.line_heights.size(); ++i) {
    const int room = size.width - 2 * layout.padding;
    const auto text = font.render(label.lines[i], layout.line_heights[i], room);
    paste(text.mask, {(size.width - text.mask.size.width) / 2, y}, plaque.ink);
    y += layout.line_heights[i];
  }
  for (int line = 1; line < size.height; ++line) {
    plaque.repeats[static_cast<std::size_t>(line)] =
        same_rows(plaque.shade, line) && same_rows(plaque.ink, line);
  }
  return plaque;
}

void lay_plaque(const Plaque& plaque, int y, RowClip row) {
  if (!in_plaque(plaque, y)) return;
  row.stamp(plaque.box.x, plaque.shade.row(y - plaque.box.y), plaque_colour);
  row.stamp(plaque.box.x, plaque.ink.row(y - plaque.box.y), ink_colour);
}

bool repeats_plaque(const Plaque& plaque, int y) {
  if (!in_plaque(plaque, y) && !in_plaque(plaque, y - 1)) return true;
  return y > plaque.box.y && y < plaque.box.bottom() &&
         plaque.repeats[static_cast<std::size_t>(y - plaque.box.y)];
}

}  // namespace drmshow
