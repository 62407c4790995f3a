// A box that crosses the screen at constant speed and turns round at its edges. It carries the
// frame's number, modulo a million.
#include <algorithm>
#include <array>
#include <string_view>

#include "render/cpu/animation_factories.hpp"
#include "render/cpu/decimal.hpp"
#include "render/cpu/glyphs.hpp"
#include "render/cpu/pattern_cells.hpp"
#include "render/cpu/periodic.hpp"
#include "render/cpu/rounded_box.hpp"

namespace drmshow {
namespace {

// From one edge to the other; in no simple ratio, so that the path is long.
constexpr Nanoseconds crossing_x = std::chrono::milliseconds{3700};
constexpr Nanoseconds crossing_y = std::chrono::milliseconds{2300};

constexpr Pixel bounce_background = rgb(12, 16, 22);
constexpr Pixel bounce_grid = rgb(27, 35, 46);
constexpr Pixel bounce_axes = rgb(52, 67, 87);
constexpr Pixel bounce_box = rgb(255, 183, 28);
constexpr Pixel bounce_ink = rgb(24, 18, 4);
constexpr std::size_t bounce_digits = 6;
constexpr int smallest_cell = 8;  // of the grid, pixels

/// Where something that goes from 0 to `range` and back, each way in `crossing`, is at `time`.
int bounced(Nanoseconds time, Nanoseconds crossing, int range) {
  const Nanoseconds there = within(2 * crossing, time);
  const Nanoseconds way = std::min(there, 2 * crossing - there);
  return static_cast<int>((way.count() * range + crossing.count() / 2) / crossing.count());
}

/// Of a digit's line.
int digit_height(Size screen) {
  return std::min(screen.height / 6, screen.width / 10);
}

Size box_size(Size screen, const Glyphs& glyphs) {
  const int height = glyphs.line_height();
  const int text = glyphs.advance() > 0 ? glyphs.width(bounce_digits) : 2 * height;
  return {std::clamp(text + height * 2 / 3, 1, screen.width),
          std::clamp(height * 5 / 4, 1, screen.height)};
}

class Bounce : public Animation {
 public:
  explicit Bounce(Size size);

  Size size() const override { return size_; }
  void set(const Moment& now) override;
  void draw(int y, int x, std::span<Pixel> row) const override;
  bool repeats(int y) const override;
  void add_damage(const Moment& before, Damage& damage) const override;

 private:
  Rect box_at(Nanoseconds time) const;
  int across(int x) const { return x - size_.width / 2; }  // from the middle, where the axes are
  int down(int y) const { return y - size_.height / 2; }
  bool in_box(int y) const { return y >= box_.y && y < box_.bottom(); }
  void draw_grid(int y, RowClip row) const;
  void draw_box(int y, RowClip row) const;

  Size size_;
  int cell_;  // of the grid
  Glyphs glyphs_;
  Mask shape_;  // of the box
  Moment now_;
  Rect box_;
  std::array<char, bounce_digits> digits_{};
};

Bounce::Bounce(Size size)
    : size_{size},
      cell_{std::max(square_cell(size, 12), smallest_cell)},
      glyphs_{"0123456789", digit_height(size)},
      shape_{box_size(size, glyphs_)} {
  const int radius = std::min(shape_.size.width, shape_.size.height) / 6;
  shape_ = rounded_box(shape_.size, radius, 255);
  Bounce::set({});
}

Rect Bounce::box_at(Nanoseconds time) const {
  const Size box = shape_.size;
  return {{bounced(time, crossing_x, size_.width - box.width),
           bounced(time, crossing_y, size_.height - box.height)},
          box};
}

void Bounce::set(const Moment& now) {
  now_ = now;
  box_ = box_at(now.time);
  digits_ = last_digits<bounce_digits>(now.number);
}

void Bounce::draw(int y, int x, std::span<Pixel> row) const {
  const RowClip clip{row, x};
  draw_grid(y, clip);
  if (in_box(y)) draw_box(y, clip);
}

void Bounce::draw_grid(int y, RowClip row) const {
  const int end = row.right();
  if (down(y) % cell_ == 0) {
    row.fill(row.left(), end, down(y) == 0 ? bounce_axes : bounce_grid);
  } else {
    row.fill(row.left(), end, bounce_background);
    const int rest = across(row.left()) % cell_;  // negative on the left side
    for (int x = row.left() + (rest > 0 ? cell_ - rest : -rest); x < end; x += cell_) {
      row.fill(x, x + 1, bounce_grid);
    }
  }
  row.fill(size_.width / 2, size_.width / 2 + 1, bounce_axes);
}

void Bounce::draw_box(int y, RowClip row) const {
  row.stamp(box_.x, shape_.row(y - box_.y), bounce_box);
  const std::string_view digits{digits_.data(), digits_.size()};
  glyphs_.draw(digits,
               {box_.x + (box_.width - glyphs_.width(digits.size())) / 2,
                box_.y + (box_.height - glyphs_.line_height()) / 2},
               bounce_ink, y, row);
}

bool Bounce::repeats(int y) const {
  return !in_box(y) && !in_box(y - 1) && down(y) % cell_ != 0 && down(y - 1) % cell_ != 0;
}

void Bounce::add_damage(const Moment& before, Damage& damage) const {
  const Rect old = box_at(before.time);
  if (old == box_ && last_digits<bounce_digits>(before.number) == digits_) return;
  damage.add(old);
  damage.add(box_);
}

}  // namespace

std::unique_ptr<Animation> make_bounce(Size size) {
  return std::make_unique<Bounce>(size);
}

}  // namespace drmshow
