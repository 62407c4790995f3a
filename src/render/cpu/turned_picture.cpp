#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "render/cpu/overlay.hpp"
#include "render/cpu/turn.hpp"
#include "render/cpu/turned.hpp"

namespace drmshow {
namespace {

class HalfTurnedPicture : public Picture, public LabelHost {
 public:
  explicit HalfTurnedPicture(std::unique_ptr<Picture> picture) : picture_{std::move(picture)} {}

  Size size() const override { return picture_->size(); }
  void draw_row(int y, std::span<Pixel> row) const override {
    picture_->draw_row(size().height - 1 - y, row);
    std::ranges::reverse(row);
  }
  bool repeats_row(int y) const override { return picture_->repeats_row(size().height - y); }
  /// The place that the picture keeps free, which is as wide and high as before.
  Rect label_area() const override {
    const auto* const host = dynamic_cast<const LabelHost*>(picture_.get());
    return host ? turned_place(host->label_area(), size(), 2) : Rect{};
  }

 private:
  std::unique_ptr<Picture> picture_;
};

class QuarterTurnedPicture : public Picture {
 public:
  QuarterTurnedPicture(const Picture& picture, Orientation orientation);

  Size size() const override { return size_; }
  void draw_row(int y, std::span<Pixel> row) const override {
    const auto width = static_cast<std::size_t>(size_.width);
    std::ranges::copy(std::span{pixels_}.subspan(static_cast<std::size_t>(y) * width, width),
                      row.begin());
  }

 private:
  Size size_;
  std::vector<Pixel> pixels_;
};

QuarterTurnedPicture::QuarterTurnedPicture(const Picture& picture, Orientation orientation)
    : size_{picture.size().transposed()}, pixels_(static_cast<std::size_t>(size_.area())) {
  const Turn turn{orientation, size_};
  std::vector<Pixel> row(static_cast<std::size_t>(picture.size().width));
  for (int y = 0; y < picture.size().height; ++y) {
    if (y == 0 || !picture.repeats_row(y)) picture.draw_row(y, row);
    turn.put_row(y, row, pixels_);
  }
}

}  // namespace

Rect turned_place(Rect place, Size source, int quarter_turns) {
  const int from_right = source.width - place.right();
  const int from_bottom = source.height - place.bottom();
  switch (quarter_turns) {
    case 1:
      return {{from_bottom, place.x}, place.size().transposed()};
    case 2:
      return {{from_right, from_bottom}, place.size()};
    case 3:
      return {{place.y, from_right}, place.size().transposed()};
    default:
      return place;
  }
}

std::unique_ptr<Picture> turned(std::unique_ptr<Picture> picture, int quarter_turns) {
  switch (quarter_turns) {
    case 1:
      return std::make_unique<QuarterTurnedPicture>(*picture, Orientation::right_top);
    case 2:
      return std::make_unique<HalfTurnedPicture>(std::move(picture));
    case 3:
      return std::make_unique<QuarterTurnedPicture>(*picture, Orientation::left_bottom);
    default:
      return picture;
  }
}

}  // namespace drmshow
