#include "render/cpu/overlay.hpp"

#include <algorithm>
#include <utility>

#include "render/cpu/overlay_plaque.hpp"
#include "render/cpu/pattern_scene.hpp"
#include "render/cpu/pattern_shapes.hpp"

namespace drmshow {
namespace {

constexpr int lines_per_screen = 30;  // a floating label's text against the screen's shorter side
constexpr int lines_per_host = 3;     // a hosted label's text against the place it has
constexpr int margins_per_screen = 16;

class LabelledPicture : public Picture {
 public:
  LabelledPicture(std::unique_ptr<Picture> picture, Plaque plaque)
      : picture_{std::move(picture)}, plaque_{std::move(plaque)} {}

  Size size() const override { return picture_->size(); }
  void draw_row(int y, std::span<Pixel> row) const override {
    picture_->draw_row(y, row);
    lay_plaque(plaque_, y, RowClip{row});
  }
  bool repeats_row(int y) const override {
    return picture_->repeats_row(y) && repeats_plaque(plaque_, y);
  }

 private:
  std::unique_ptr<Picture> picture_;
  Plaque plaque_;
};

class LabelledAnimation : public Animation {
 public:
  LabelledAnimation(std::unique_ptr<Animation> animation, Plaque plaque)
      : animation_{std::move(animation)}, plaque_{std::move(plaque)} {}

  Size size() const override { return animation_->size(); }
  void set(const Moment& now) override { animation_->set(now); }
  void draw(int y, int x, std::span<Pixel> row) const override {
    animation_->draw(y, x, row);
    lay_plaque(plaque_, y, RowClip{row, x});
  }
  bool repeats(int y) const override {
    return animation_->repeats(y) && repeats_plaque(plaque_, y);
  }
  void add_damage(const Moment& before, Damage& damage) const override {
    animation_->add_damage(before, damage);  // the plaque is the same in every frame
  }

 private:
  std::unique_ptr<Animation> animation_;
  Plaque plaque_;
};

class LabelPanel : public Panel {
 public:
  explicit LabelPanel(Plaque plaque) : plaque_{std::move(plaque)} {}

  Rect box() const override { return plaque_.box; }
  void lay(int y, int x, std::span<Pixel> row) const override {
    lay_plaque(plaque_, y, RowClip{row, x});
  }

 private:
  Plaque plaque_;
};

/// The screen less a margin that keeps the pattern's edge, and what it proves, in view.
Rect floating_area(Size screen) {
  const int margin = std::max(std::min(screen.width, screen.height) / margins_per_screen, 2);
  return rect_between(margin, margin, screen.width - margin, screen.height - margin);
}

/// Where a floating label may be on a moving picture: the bottom right corner, since what moves is
/// mostly in the middle, and the frame code is on the left.
Rect corner_area(Size screen) {
  const Rect area = floating_area(screen);
  const int left = screen.width * 3 / 4;
  return rect_between(left, area.y, area.right(), area.bottom());
}

/// For a screen of this size; with an empty box if there is no room or nothing to say. `floating`:
/// where it may be if nobody keeps a place for it.
Plaque plaque_for(Size screen, const LabelHost* host, const Label& label, Rect floating) {
  const auto style = host != nullptr ? PlaqueStyle::host : PlaqueStyle::floating;
  const Rect area = host != nullptr ? host->label_area() : floating;
  const int tallest = host != nullptr ? area.height / lines_per_host
                                      : std::min(screen.width, screen.height) / lines_per_screen;
  const Font& font = shared_font();
  const auto layout = lay_out_plaque(font, label, area, tallest, style);
  return layout.box.size().empty() ? Plaque{} : draw_plaque(font, label, layout, style);
}

/// `Labelled` is a `Surface`, a Picture or an Animation.
template <class Labelled, class Surface>
std::unique_ptr<Surface> labelled(std::unique_ptr<Surface> surface, const Label& label,
                                  Rect floating) {
  const auto* const host = dynamic_cast<const LabelHost*>(surface.get());
  Plaque plaque = plaque_for(surface->size(), host, label, floating);
  if (plaque.box.size().empty()) return surface;
  return std::make_unique<Labelled>(std::move(surface), std::move(plaque));
}

}  // namespace

std::unique_ptr<Picture> with_label(std::unique_ptr<Picture> picture, const Label& label) {
  const Rect floating = floating_area(picture->size());
  return labelled<LabelledPicture>(std::move(picture), label, floating);
}

std::unique_ptr<Animation> with_label(std::unique_ptr<Animation> animation, const Label& label) {
  const Rect floating = corner_area(animation->size());
  return labelled<LabelledAnimation>(std::move(animation), label, floating);
}

std::unique_ptr<Panel> label_panel(Size screen, const Label& label) {
  Plaque plaque = plaque_for(screen, nullptr, label, corner_area(screen));
  if (plaque.box.size().empty()) return nullptr;
  return std::make_unique<LabelPanel>(std::move(plaque));
}

}  // namespace drmshow
