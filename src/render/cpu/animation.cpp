#include "render/cpu/animation.hpp"

#include <algorithm>

namespace drmshow {
namespace {

Rect clipped(Rect place, Size screen) {
  const auto end = [](int start, int length, int limit) {  // start + length may overflow
    return static_cast<int>(std::min<std::int64_t>(std::int64_t{start} + length, limit));
  };
  const Point at{std::max(place.x, 0), std::max(place.y, 0)};
  return {at,
          {end(place.x, place.width, screen.width) - at.x,
           end(place.y, place.height, screen.height) - at.y}};
}

Rect joined(Rect a, Rect b) {
  const Point at{std::min(a.x, b.x), std::min(a.y, b.y)};
  return {at, {std::max(a.right(), b.right()) - at.x, std::max(a.bottom(), b.bottom()) - at.y}};
}

}  // namespace

void Damage::add(Rect place) {
  place = clipped(place, screen_);
  if (place.size().empty()) return;
  for (std::size_t i = 0; i < count_;) {
    const Rect both = joined(places_[i], place);
    if (both.size().area() > places_[i].size().area() + place.size().area()) {
      ++i;
      continue;
    }
    place = both;
    places_[i] = places_[--count_];
    i = 0;  // what has grown may now swallow others
  }
  if (count_ == most) place = joined(places_[--count_], place);
  places_[count_++] = place;
}

}  // namespace drmshow
