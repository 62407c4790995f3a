#include <algorithm>
#include <atomic>
#include <cstddef>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "render/cpu/turned.hpp"

namespace drmshow {
namespace {

// Lines of the source that are drawn before they become columns: a cache line of pixels is then
// written at once.
constexpr int strip_height = 16;

class TurnedAnimation : public Animation {
 public:
  TurnedAnimation(std::unique_ptr<Animation> animation, int quarter_turns)
      : source_{std::move(animation)}, quarter_turns_{quarter_turns} {}

  Size size() const override { return size_before_turning(source_->size(), quarter_turns_); }
  void add_damage(const Moment& before, Damage& damage) const override;

 protected:
  const Animation& source() const { return *source_; }
  Animation& source() { return *source_; }
  Rect turned(Rect place) const { return turned_place(place, source_->size(), quarter_turns_); }
  int quarter_turns() const { return quarter_turns_; }

 private:
  std::unique_ptr<Animation> source_;
  int quarter_turns_;
};

void TurnedAnimation::add_damage(const Moment& before, Damage& damage) const {
  Damage of_source{source_->size()};
  source_->add_damage(before, of_source);
  for (const Rect place : of_source.places()) damage.add(turned(place));
}

class HalfTurnedAnimation : public TurnedAnimation {
 public:
  explicit HalfTurnedAnimation(std::unique_ptr<Animation> animation)
      : TurnedAnimation{std::move(animation), 2} {}

  void set(const Moment& now) override { source().set(now); }
  void draw(int y, int x, std::span<Pixel> row) const override {
    const int end = x + static_cast<int>(row.size());
    source().draw(size().height - 1 - y, size().width - end, row);
    std::ranges::reverse(row);
  }
  bool repeats(int y) const override { return source().repeats(size().height - y); }
};

class QuarterTurnedAnimation : public TurnedAnimation {
 public:
  QuarterTurnedAnimation(std::unique_ptr<Animation> animation, int quarter_turns)
      : TurnedAnimation{std::move(animation), quarter_turns},
        frame_(static_cast<std::size_t>(size().area())),
        strip_(static_cast<std::size_t>(source().size().width) * strip_height) {}

  void set(const Moment& now) override;
  void draw(int y, int x, std::span<Pixel> row) const override;

 private:
  std::span<Pixel> strip_line(int line) const {
    const auto width = static_cast<std::size_t>(source().size().width);
    return std::span{strip_}.subspan(static_cast<std::size_t>(line) * width, width);
  }
  std::size_t index_at(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(size().width) +
           static_cast<std::size_t>(x);
  }
  void bring_up_to_date() const;
  void draw_place(Rect place) const;
  void draw_strip(Rect strip) const;
  void put_strip(Rect strip) const;

  Moment now_;
  // The frame, turned, drawn when it is needed: draw() is const, and threads draw lines of one
  // frame at once.
  mutable std::vector<Pixel> frame_;
  mutable std::vector<Pixel> strip_;
  mutable std::optional<Moment> held_;  // by frame_
  mutable std::atomic<bool> up_to_date_ = false;
  mutable std::mutex drawing_;
};

void QuarterTurnedAnimation::set(const Moment& now) {
  source().set(now);
  now_ = now;
  up_to_date_.store(false, std::memory_order_relaxed);  // set() and draw() are not concurrent
}

void QuarterTurnedAnimation::draw(int y, int x, std::span<Pixel> row) const {
  if (!up_to_date_.load(std::memory_order_acquire)) bring_up_to_date();
  std::copy_n(frame_.begin() + static_cast<std::ptrdiff_t>(index_at(x, y)), row.size(),
              row.begin());
}

void QuarterTurnedAnimation::bring_up_to_date() const {
  const std::scoped_lock lock{drawing_};
  if (up_to_date_.load(std::memory_order_relaxed)) return;
  Damage damage{source().size()};
  if (held_) {
    source().add_damage(*held_, damage);
  } else {
    damage.add_all();
  }
  for (const Rect place : damage.places()) draw_place(place);
  held_ = now_;
  up_to_date_.store(true, std::memory_order_release);
}

void QuarterTurnedAnimation::draw_place(Rect place) const {
  for (int y = place.y; y < place.bottom(); y += strip_height) {
    const int height = std::min(strip_height, place.bottom() - y);
    const Rect strip{{place.x, y}, {place.width, height}};
    draw_strip(strip);
    put_strip(strip);
  }
}

void QuarterTurnedAnimation::draw_strip(Rect strip) const {
  const auto width = static_cast<std::size_t>(strip.width);
  for (int i = 0; i < strip.height; ++i) {
    const auto line = strip_line(i).first(width);
    if (i > 0 && source().repeats(strip.y + i)) {
      std::ranges::copy(strip_line(i - 1).first(width), line.begin());
    } else {
      source().draw(strip.y + i, strip.x, line);
    }
  }
}

// Column by column of the strip, each a piece of a line of the frame.
void QuarterTurnedAnimation::put_strip(Rect strip) const {
  const auto step = strip_line(0).size();
  const bool clockwise = quarter_turns() == 1;
  for (int i = 0; i < strip.width; ++i) {
    const Rect piece = turned({{strip.x + i, strip.y}, {1, strip.height}});
    const auto to = std::span{frame_}.subspan(index_at(piece.x, piece.y),
                                              static_cast<std::size_t>(piece.width));
    const Pixel* from = strip_.data() + i;
    // Clockwise, the source's lowest line is the leftmost column.
    if (clockwise) from += step * (to.size() - 1);
    for (Pixel& pixel : to) {
      pixel = *from;
      from = clockwise ? from - step : from + step;
    }
  }
}

}  // namespace

std::unique_ptr<Animation> turned(std::unique_ptr<Animation> animation, int quarter_turns) {
  switch (quarter_turns) {
    case 1:
    case 3:
      return std::make_unique<QuarterTurnedAnimation>(std::move(animation), quarter_turns);
    case 2:
      return std::make_unique<HalfTurnedAnimation>(std::move(animation));
    default:
      return animation;
  }
}

}  // namespace drmshow
