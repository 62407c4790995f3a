#include "render/cpu/overlay.hpp"

#include <algorithm>

#include "render/cpu/overlay_plaque.hpp"
#include "render/cpu/pattern_scene.hpp"
#include "render/cpu/pattern_shapes.hpp"

namespace drmshow {
namespace {

constexpr Pixel plaque_colour = rgb(11, 14, 19);
constexpr Pixel ink_colour = rgb(240, 243, 247);
constexpr int lines_per_screen = 30;  // a floating label's text against the screen's shorter side
constexpr int lines_per_host = 3;     // a hosted label's text against the place it has
constexpr int margins_per_screen = 16;

class LabelledPicture : public Picture {
 public:
  LabelledPicture(std::unique_ptr<Picture> picture, Plaque plaque)
      : picture_{std::move(picture)}, plaque_{std::move(plaque)} {}

  Size size() const override { return picture_->size(); }
  void draw_row(int y, std::span<Pixel> row) const override;
  bool repeats_row(int y) const override;

 private:
  bool in_plaque(int y) const { return y >= plaque_.box.y && y < plaque_.box.bottom(); }

  std::unique_ptr<Picture> picture_;
  Plaque plaque_;
};

void LabelledPicture::draw_row(int y, std::span<Pixel> row) const {
  picture_->draw_row(y, row);
  if (!in_plaque(y)) return;
  const auto shade = plaque_.shade.row(y - plaque_.box.y);
  const auto ink = plaque_.ink.row(y - plaque_.box.y);
  Pixel* const out = row.data() + plaque_.box.x;
  for (std::size_t x = 0; x < shade.size(); ++x) {
    out[x] = mix(mix(out[x], plaque_colour, shade[x]), ink_colour, ink[x]);
  }
}

bool LabelledPicture::repeats_row(int y) const {
  if (!picture_->repeats_row(y)) return false;
  if (!in_plaque(y) && !in_plaque(y - 1)) return true;
  return y > plaque_.box.y && y < plaque_.box.bottom() &&
         plaque_.repeats[static_cast<std::size_t>(y - plaque_.box.y)];
}

/// The screen less a margin that keeps the pattern's edge, and what it proves, in view.
Rect floating_area(Size screen) {
  const int margin = std::max(std::min(screen.width, screen.height) / margins_per_screen, 2);
  return rect_between(margin, margin, screen.width - margin, screen.height - margin);
}

}  // namespace

std::unique_ptr<Picture> with_label(std::unique_ptr<Picture> picture, const Label& label) {
  const auto* const host = dynamic_cast<const LabelHost*>(picture.get());
  const Size screen = picture->size();
  const auto style = host != nullptr ? PlaqueStyle::host : PlaqueStyle::floating;
  const Rect area = host != nullptr ? host->label_area() : floating_area(screen);
  const int tallest = host != nullptr ? area.height / lines_per_host
                                      : std::min(screen.width, screen.height) / lines_per_screen;
  const Font& font = shared_font();
  const auto layout = lay_out_plaque(font, label, area, tallest, style);
  if (layout.box.size().empty()) return picture;
  return std::make_unique<LabelledPicture>(std::move(picture),
                                           draw_plaque(font, label, layout, style));
}

}  // namespace drmshow
