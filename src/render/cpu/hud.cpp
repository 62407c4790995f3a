#include "render/cpu/hud.hpp"

#include <algorithm>
#include <utility>

#include "render/cpu/rounded_box.hpp"

namespace drmshow {
namespace {

constexpr Pixel hud_colour = rgb(11, 14, 19);
constexpr Pixel hud_ink = rgb(228, 233, 240);
constexpr Pixel hud_heading_ink = rgb(255, 190, 60);  // the first line's
constexpr int hud_shade = 216;                        // of 255
constexpr int hud_text_per_screen = 36;               // the shorter side against the text's height
constexpr int hud_smallest_text = 11;                 // pixels; below, digits run together
constexpr int hud_tallest_text = 48;
constexpr std::size_t hud_fewest_columns = 12;

int hud_text_height(Size screen) {
  return std::clamp(std::min(screen.width, screen.height) / hud_text_per_screen, hud_smallest_text,
                    hud_tallest_text);
}

int hud_padding(int text_height) {
  return text_height * 2 / 3;
}

int hud_margin(Size screen) {
  return std::max(std::min(screen.width, screen.height) / 24, 2);
}

/// Characters that the screen has room for.
std::size_t hud_columns(Size screen, const Glyphs& glyphs, int wanted) {
  const int room = screen.width - 2 * (hud_margin(screen) + hud_padding(glyphs.line_height()));
  return static_cast<std::size_t>(
      std::clamp(std::min(wanted, room / glyphs.advance()), 0, HudPanel::most_columns));
}

Rect hud_box(Size screen, const Glyphs& glyphs, std::size_t columns, int lines) {
  const int padding = hud_padding(glyphs.line_height());
  const int margin = hud_margin(screen);
  const Size box{glyphs.width(columns) + 2 * padding,
                 lines * glyphs.line_height() + 2 * (padding / 2)};
  if (columns < hud_fewest_columns || lines < 1 || margin + box.height > screen.height / 2) {
    return {};
  }
  return {{margin, margin}, box};
}

}  // namespace

HudPanel::HudPanel(Size screen, int lines, int columns)
    : glyphs_{printable_ascii, hud_text_height(screen)},
      columns_{hud_columns(screen, glyphs_, columns)},
      line_count_{std::clamp(lines, 0, most_lines)},
      box_{hud_box(screen, glyphs_, columns_, line_count_)},
      shade_{rounded_box(box_.size(), hud_padding(glyphs_.line_height()), hud_shade)} {}

void HudPanel::set_line(int index, std::string_view text) {
  if (index < 0 || index >= line_count_) return;
  Line line;
  line.length = std::min(text.size(), columns_);
  std::transform(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(line.length),
                 line.text.begin(), [](char c) { return c >= ' ' && c <= '~' ? c : '?'; });
  Line& was = lines_[static_cast<std::size_t>(index)];
  if (line == was) return;
  was = line;
  ++version_;
}

void HudPanel::lay(int y, int x, std::span<Pixel> row) const {
  if (y < box_.y || y >= box_.bottom()) return;
  const RowClip clip{row, x};
  clip.stamp(box_.x, shade_.row(y - box_.y), hud_colour);
  draw_text(y, clip);
}

void HudPanel::draw_text(int y, RowClip row) const {
  const int padding = hud_padding(glyphs_.line_height());
  const int below = y - box_.y - padding / 2;
  const int index = below / glyphs_.line_height();
  if (below < 0 || index >= line_count_) return;
  const Line& line = lines_[static_cast<std::size_t>(index)];
  glyphs_.draw({line.text.data(), line.length},
               {box_.x + padding, y - below % glyphs_.line_height()},
               index == 0 ? hud_heading_ink : hud_ink, y, row);
}

Hud::Hud(std::unique_ptr<Animation> animation, int lines, int columns)
    : animation_{std::move(animation)}, panel_{animation_->size(), lines, columns} {}

void Hud::draw(int y, int x, std::span<Pixel> row) const {
  animation_->draw(y, x, row);
  panel_.lay(y, x, row);
}

bool Hud::repeats(int y) const {
  const Rect box = panel_.box();
  return animation_->repeats(y) && (y < box.y || y > box.bottom() || box.size().empty());
}

void Hud::add_damage(const Moment& before, Damage& damage) const {
  animation_->add_damage(before, damage);
  damage.add(panel_.box());
}

}  // namespace drmshow
