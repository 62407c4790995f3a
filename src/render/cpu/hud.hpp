// What --overlay shows: a small translucent panel in the top left corner, clear of the edge, with a
// few lines of text that may change in every frame. Setting and drawing them allocates nothing.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string_view>

#include "render/cpu/animation.hpp"
#include "render/cpu/glyphs.hpp"
#include "render/cpu/panel.hpp"
#include "render/cpu/pattern_mask.hpp"

namespace drmshow {

/// The panel by itself. It is as large as it was made, whatever the text, and never reaches into
/// the screen's lower half.
class HudPanel : public Panel {
 public:
  static constexpr int most_lines = 4;
  static constexpr int most_columns = 64;

  /// Room for `lines` of `columns` characters, of which a narrow screen shows fewer. Nothing is
  /// drawn on a screen that has no room for the lines, or not for a dozen characters.
  explicit HudPanel(Size screen, int lines = most_lines, int columns = 40);

  /// What line `index` says from here on; nothing happens if there is no such line. Printable
  /// ASCII: anything else becomes one question mark a byte. What does not fit is cut. Not while a
  /// thread draws.
  void set_line(int index, std::string_view text);

  Rect box() const override { return box_; }
  std::uint64_t version() const override { return version_; }
  void lay(int y, int x, std::span<Pixel> row) const override;

 private:
  struct Line {
    std::array<char, most_columns> text{};
    std::size_t length = 0;
    friend bool operator==(const Line&, const Line&) = default;
  };

  void draw_text(int y, RowClip row) const;

  Glyphs glyphs_;
  std::size_t columns_;
  int line_count_;
  Rect box_;
  Mask shade_;
  std::array<Line, most_lines> lines_{};
  std::uint64_t version_ = 0;  // counts changes of lines_
};

/// An animation with such a panel, which is damaged in every frame.
class Hud : public Animation {
 public:
  static constexpr int most_lines = HudPanel::most_lines;
  static constexpr int most_columns = HudPanel::most_columns;

  /// See HudPanel.
  explicit Hud(std::unique_ptr<Animation> animation, int lines = most_lines, int columns = 40);

  HudPanel& panel() { return panel_; }
  void set_line(int index, std::string_view text) { panel_.set_line(index, text); }
  /// Where the panel is; empty if there is none.
  Rect box() const { return panel_.box(); }

  Size size() const override { return animation_->size(); }
  void set(const Moment& now) override { animation_->set(now); }
  void draw(int y, int x, std::span<Pixel> row) const override;
  bool repeats(int y) const override;
  void add_damage(const Moment& before, Damage& damage) const override;

 private:
  std::unique_ptr<Animation> animation_;
  HudPanel panel_;
};

}  // namespace drmshow
