// The default picture: what one wants to know about a display, at a glance. See
// test_card_parts.hpp.
#include "render/cpu/overlay.hpp"
#include "render/cpu/pattern_factories.hpp"
#include "render/cpu/test_card_parts.hpp"

namespace drmshow {
namespace {

constexpr Pixel bars[] = {white,
                          rgb(255, 255, 0),
                          rgb(0, 255, 255),
                          rgb(0, 255, 0),
                          rgb(255, 0, 255),
                          rgb(255, 0, 0),
                          rgb(0, 0, 255),
                          black};

/// For screens on which the card's parts would be mush: bars, a ramp and the border.
ShapeList simple_card(Size size) {
  const int middle = size.height * 2 / 3;
  ShapeList shapes;
  add_columns(shapes, rect_between(0, 0, size.width, middle), bars);
  shapes.add<Ramp>(rect_between(0, middle, size.width, size.height), Axis::horizontal, black,
                   white);
  add_frame(shapes, Rect{{}, size}, 1, white);
  return shapes;
}

ShapeList full_card(const card::Layout& layout) {
  ShapeList shapes;
  card::add_backdrop(shapes, layout);
  card::add_surroundings(shapes, layout);
  card::add_disc(shapes, layout);
  card::add_edges(shapes, layout);
  return shapes;
}

bool is_simple(const card::Layout& layout) {
  return layout.unit < card::finest_unit;
}

class TestCard : public ShapeScene, public LabelHost {
 public:
  explicit TestCard(const card::Layout& layout)
      : ShapeScene{layout.size, card::backdrop,
                   is_simple(layout) ? simple_card(layout.size) : full_card(layout)},
        label_area_{is_simple(layout) ? Rect{} : card::plaque(layout)} {}
  Rect label_area() const override { return label_area_; }

 private:
  Rect label_area_;
};

}  // namespace

std::unique_ptr<Picture> make_test_card(Size size) {
  return std::make_unique<TestCard>(card::Layout{size});
}

}  // namespace drmshow
