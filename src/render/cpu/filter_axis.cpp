#include "render/cpu/filter_axis.hpp"

#include <algorithm>
#include <cmath>

namespace drmshow {
namespace {

constexpr double kRadius = 2;

// Catmull-Rom: the cubic of Keys, "Cubic convolution interpolation for digital image processing"
// (IEEE ASSP 29, 1981), eq. 15. Sharp, and at factor 1 it changes nothing.
double filter(double distance) {
  const double x = std::abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < kRadius) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

struct AxisMap {
  double start;
  double scale;  // source pixels for one destination pixel
  double widening() const { return std::max(scale, 1.0); }
  double centre(int i) const { return start + (i + 0.5) * scale; }
  // The source pixels whose centres lie within the filter around `i`.
  int low(int i) const {
    return static_cast<int>(std::ceil(centre(i) - kRadius * widening() - 0.5));
  }
  int high(int i) const {
    return static_cast<int>(std::floor(centre(i) + kRadius * widening() - 0.5));
  }
};

// Adds the weights for `i` to `weights`, which starts at source pixel `first` and ends at the last.
void add_weights(const AxisMap& map, int i, int source, int first, std::span<float> weights) {
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
  const AxisMap map{start, length / dest};
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
