// Three lanes of bars that move to the right at constant speed, each twice as fast as the one
// above. Edges that stay straight and sharp tell that nothing tears; steps of equal size, which the
// eye sees as smoothness, that no frame is dropped or shown twice. At 60 Hz each step is a whole
// number of pixels. What a lane shows is the same on all its lines.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "render/cpu/animation_factories.hpp"
#include "render/cpu/pattern_shapes.hpp"
#include "render/cpu/pattern_text.hpp"
#include "render/cpu/periodic.hpp"

namespace drmshow {
namespace {

constexpr int lane_count = 3;
constexpr int nominal_rate = 60;  // Hz
constexpr Pixel lane_background = rgb(12, 16, 22);
constexpr Pixel caption_background = rgb(27, 35, 46);
constexpr Pixel caption_ink = rgb(160, 176, 196);
constexpr Pixel bar_colours[] = {white, rgb(255, 183, 28), rgb(64, 190, 255), white};

struct Lane {
  int top;  // of the bars
  int bottom;
  int speed;  // pixels a second
};
using Lanes = std::array<Lane, lane_count>;

int caption_height(Size size) {
  const int height = std::min(size.height / 24, size.width / 20);
  return height >= smallest_text ? height : 0;
}

Lanes lanes_on(Size size) {
  Lanes lanes{};
  int step = std::max(size.width / 480, 1);
  for (int i = 0; i < lane_count; ++i, step *= 2) {
    const int top = fraction(size.height, i, lane_count) + caption_height(size);
    lanes[static_cast<std::size_t>(i)] = {top, fraction(size.height, i + 1, lane_count),
                                          step * nominal_rate};
  }
  return lanes;
}

ShapeScene captions(Size size, const Lanes& lanes) {
  ShapeList shapes;
  const int height = caption_height(size);
  for (const Lane& lane : lanes) {
    const Rect area{{0, lane.top - height}, {size.width, height}};
    add_text(shapes,
             fmt::format("{} pixels a second, {} a frame at {} Hz", lane.speed,
                         lane.speed / nominal_rate, nominal_rate),
             area, height * 3 / 4, caption_ink);
  }
  return ShapeScene{size, caption_background, std::move(shapes)};
}

/// One period of the bars. Wide ones show tearing, thin ones of one pixel and more show smear.
std::vector<Pixel> bar_period(Size size) {
  const int length = std::max(size.width / 2, 8);
  std::vector<Pixel> line(static_cast<std::size_t>(length), lane_background);
  const RowClip clip{line};
  const int quarter = std::max(length / 4, 2);
  for (int i = 0; i < 4; ++i) {
    clip.fill(i * quarter, i * quarter + quarter / 3, bar_colours[i]);
    const int thin = std::max(size.width / 1920, 1) * (i + 1);
    clip.fill(i * quarter + quarter * 2 / 3, i * quarter + quarter * 2 / 3 + thin, white);
  }
  return line;
}

class Scroll : public Animation {
 public:
  explicit Scroll(Size size)
      : size_{size},
        lanes_{lanes_on(size)},
        captions_{captions(size, lanes_)},
        period_{bar_period(size)} {}

  Size size() const override { return size_; }
  void set(const Moment& now) override { now_ = now; }
  void draw(int y, int x, std::span<Pixel> row) const override;
  bool repeats(int y) const override;
  void add_damage(const Moment& before, Damage& damage) const override;

 private:
  const Lane* lane_at(int y) const;
  std::size_t offset(const Lane& lane, Nanoseconds time) const;

  Size size_;
  Lanes lanes_;
  ShapeScene captions_;
  std::vector<Pixel> period_;
  Moment now_;
};

const Lane* Scroll::lane_at(int y) const {
  const auto* const lane = std::find_if(lanes_.begin(), lanes_.end(),
                                        [y](const Lane& l) { return y >= l.top && y < l.bottom; });
  return lane == lanes_.end() ? nullptr : lane;
}

/// How far the bars have moved, less whole periods. In as many seconds as a period has pixels,
/// every lane moves by whole periods.
std::size_t Scroll::offset(const Lane& lane, Nanoseconds time) const {
  const auto length = static_cast<std::int64_t>(period_.size());
  const Nanoseconds rest = within(std::chrono::seconds{length}, time);
  constexpr std::int64_t second = Nanoseconds{std::chrono::seconds{1}}.count();
  return static_cast<std::size_t>((rest.count() * lane.speed + second / 2) / second % length);
}

void Scroll::draw(int y, int x, std::span<Pixel> row) const {
  const Lane* const lane = lane_at(y);
  if (lane == nullptr) return captions_.draw(y, x, row);
  const std::size_t length = period_.size();
  std::size_t from = (static_cast<std::size_t>(x) + length - offset(*lane, now_.time)) % length;
  for (std::size_t done = 0; done < row.size(); from = 0) {
    const std::size_t count = std::min(length - from, row.size() - done);
    std::copy_n(period_.data() + from, count, row.data() + done);
    done += count;
  }
}

bool Scroll::repeats(int y) const {
  const Lane* const lane = lane_at(y);
  return lane == lane_at(y - 1) && (lane != nullptr || captions_.repeats_row(y));
}

void Scroll::add_damage(const Moment& before, Damage& damage) const {
  for (const Lane& lane : lanes_) {
    if (offset(lane, before.time) == offset(lane, now_.time)) continue;
    damage.add({{0, lane.top}, {size_.width, lane.bottom - lane.top}});
  }
}

}  // namespace

std::unique_ptr<Animation> make_scroll(Size size) {
  return std::make_unique<Scroll>(size);
}

}  // namespace drmshow
