#include "render/cpu/filter_axis.hpp"

#include <algorithm>
#include <cmath>

namespace drmshow {
namespace {

// Mitchell and Netravali, "Reconstruction Filters in Computer Graphics" (SIGGRAPH 1988), eq. 8.
struct Cubic {
  double b;
  double c;

  double operator()(double distance) const {
    const double x = std::abs(distance);
    if (x >= kRadius) return 0;
    if (x < 1)
      return ((12 - 9 * b - 6 * c) * x * x * x + (-18 + 12 * b + 6 * c) * x * x + (6 - 2 * b)) / 6;
    return ((-b - 6 * c) * x * x * x + (6 * b + 30 * c) * x * x + (-12 * b - 48 * c) * x +
            (8 * b + 24 * c)) /
           6;
  }

  static constexpr double kRadius = 2;
};

constexpr Cubic kMitchell{1.0 / 3, 1.0 / 3};
constexpr Cubic kCatmullRom{0, 0.5};

struct Mapping {
  double start;
  double scale;  // source pixels for one destination pixel
  double widening() const { return std::max(scale, 1.0); }
  double centre(int i) const { return start + (i + 0.5) * scale; }
  // The source pixels whose centres lie within the filter around `i`.
  int low(int i) const {
    return static_cast<int>(std::ceil(centre(i) - Cubic::kRadius * widening() - 0.5));
  }
  int high(int i) const {
    return static_cast<int>(std::floor(centre(i) + Cubic::kRadius * widening() - 0.5));
  }
};

// Adds the weights for `i` to `weights`, which starts at source pixel `first` and ends at the last.
void add_weights(const Mapping& map, int i, int source, int first, std::span<float> weights) {
  const Cubic& filter = map.scale > 1 ? kMitchell : kCatmullRom;
  double sum = 0;
  std::vector<double> exact(weights.size());
  for (int pixel = map.low(i); pixel <= map.high(i); ++pixel) {
    const double weight = filter((pixel + 0.5 - map.centre(i)) / map.widening());
    exact[static_cast<std::size_t>(std::clamp(pixel, 0, source - 1) - first)] += weight;
    sum += weight;
  }
  std::ranges::transform(exact, weights.begin(),
                         [sum](double weight) { return static_cast<float>(weight / sum); });
}

}  // namespace

FilterAxis::FilterAxis(int source, double start, double length, int dest)
    : copies_{length == dest && start == std::floor(start)},
      first_(static_cast<std::size_t>(dest)) {
  const Mapping map{start, length / dest};
  const auto first = [&](int i) { return std::clamp(map.low(i), 0, source - 1); };
  const auto last = [&](int i) { return std::clamp(map.high(i), 0, source - 1); };
  for (int i = 0; i < dest && !copies_; ++i) taps_ = std::max(taps_, last(i) - first(i) + 1);
  weights_.resize(first_.size() * static_cast<std::size_t>(taps_), 1.0f);
  for (int i = 0; i < dest; ++i) {
    const auto at = static_cast<std::size_t>(i);
    const auto taps = static_cast<std::size_t>(taps_);
    first_[at] = copies_ ? static_cast<int>(start) + i : std::min(first(i), source - taps_);
    if (!copies_)
      add_weights(map, i, source, first_[at], std::span{weights_}.subspan(at * taps, taps));
  }
}

}  // namespace drmshow
