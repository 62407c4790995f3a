// An analogue clock with a sweeping second hand; below it the time in digits, to the millisecond,
// and the frame's number, modulo a million.
#include <algorithm>
#include <string_view>

#include "render/cpu/animation_factories.hpp"
#include "render/cpu/clock_dial.hpp"
#include "render/cpu/clock_text.hpp"
#include "render/cpu/glyphs.hpp"
#include "render/cpu/periodic.hpp"

namespace drmshow {
namespace {

constexpr Pixel clock_digits_ink = rgb(228, 233, 240);
constexpr Pixel clock_number_ink = rgb(130, 148, 172);
constexpr int hand_parts =
    4;  // that a hand is damaged in: the box around a whole one is mostly air

Point text_origin(Rect area, const Glyphs& glyphs) {
  return {area.x + (area.width - glyphs.width(ClockText{}.size())) / 2,
          area.y + (area.height - glyphs.line_height()) / 2};
}

/// One line of text and where it is.
struct ClockLine {
  Glyphs glyphs;
  Point at;
  Pixel ink;
  ClockText text{};

  ClockLine(std::string_view characters, Rect area, Pixel colour)
      : glyphs{characters, area.height}, at{text_origin(area, glyphs)}, ink{colour} {}
  void draw(int y, RowClip row) const { glyphs.draw({text.data(), text.size()}, at, ink, y, row); }
  /// From the first character that differs from `old` on.
  void add_damage(const ClockText& old, Damage& damage) const {
    const auto same = static_cast<std::size_t>(std::ranges::mismatch(text, old).in1 - text.begin());
    damage.add({{at.x + glyphs.width(same), at.y},
                {glyphs.width(text.size() - same), glyphs.line_height()}});
  }
};

class ClockFace : public Animation {
 public:
  ClockFace(Size size, Nanoseconds time_of_day);

  Size size() const override { return size_; }
  void set(const Moment& now) override;
  void draw(int y, int x, std::span<Pixel> row) const override;
  void add_damage(const Moment& before, Damage& damage) const override;
  bool repeats(int y) const override;

 private:
  Nanoseconds time_of_day(const Moment& moment) const {
    return within(std::chrono::hours{24}, begin_ + within(std::chrono::hours{24}, moment.time));
  }

  Size size_;
  Nanoseconds begin_;  // time of day
  clock_dial::Layout layout_;
  ShapeScene scene_;
  ClockLine time_;
  ClockLine number_;
  clock_dial::Hands hands_{};
};

ClockFace::ClockFace(Size size, Nanoseconds time_of_day)
    : size_{size},
      begin_{within(std::chrono::hours{24}, time_of_day)},
      layout_{clock_dial::layout_on(size)},
      scene_{clock_dial::scene(size, layout_)},
      time_{"0123456789:.", layout_.time, clock_digits_ink},
      number_{"0123456789frame", layout_.number, clock_number_ink} {
  ClockFace::set({});
}

void ClockFace::set(const Moment& now) {
  hands_ = clock_dial::hands_at(layout_, time_of_day(now));
  time_.text = time_text(time_of_day(now));
  number_.text = number_text(now.number);
}

void ClockFace::draw(int y, int x, std::span<Pixel> row) const {
  scene_.draw(y, x, row);
  const RowClip clip{row, x};
  for (const auto& [shape, colour] : hands_) draw_capsule(shape, colour, y, clip);
  time_.draw(y, clip);
  number_.draw(y, clip);
}

/// Of all that is not round only the empty lines below repeat.
bool ClockFace::repeats(int y) const {
  return y > number_.at.y + number_.glyphs.line_height() && scene_.repeats_row(y);
}

/// The box around each part of a hand.
void add_hand_damage(const Capsule& hand, Damage& damage) {
  const auto along = [](double from, double to, int part) {
    return from + (to - from) * part / hand_parts;
  };
  for (int i = 0; i < hand_parts; ++i) {
    damage.add(
        bounds({along(hand.x1, hand.x2, i), along(hand.y1, hand.y2, i),
                along(hand.x1, hand.x2, i + 1), along(hand.y1, hand.y2, i + 1), hand.radius}));
  }
}

void ClockFace::add_damage(const Moment& before, Damage& damage) const {
  const auto old = clock_dial::hands_at(layout_, time_of_day(before));
  for (std::size_t i = 0; i < hands_.size(); ++i) {
    if (old[i].shape == hands_[i].shape) continue;
    add_hand_damage(old[i].shape, damage);
    add_hand_damage(hands_[i].shape, damage);
  }
  time_.add_damage(time_text(time_of_day(before)), damage);
  number_.add_damage(number_text(before.number), damage);
}

}  // namespace

std::unique_ptr<Animation> make_clock(Size size, Nanoseconds time_of_day) {
  return std::make_unique<ClockFace>(size, time_of_day);
}

}  // namespace drmshow
