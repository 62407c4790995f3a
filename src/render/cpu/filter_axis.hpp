// The weights with which source pixels add up to each destination pixel, along one axis.
#pragma once

#include <span>
#include <vector>

namespace drmshow {

class FilterAxis {
 public:
  /// Maps `length` of `source` pixels, from `start` on, to `dest` pixels with the Catmull-Rom
  /// filter, widened by the factor when reducing. Beyond its edges the source goes on with its last
  /// pixel; beyond the part's edges with the pixels that are there.
  FilterAxis(int source, double start, double length, int dest);

  int size() const { return static_cast<int>(first_.size()); }
  /// Source pixels that each destination pixel is made of; some may weigh 0.
  int taps() const { return taps_; }
  /// First source pixel of destination pixel `i`; never decreases. first(i) + taps() <= source.
  int first(int i) const { return first_[static_cast<std::size_t>(i)]; }
  /// taps() weights that add up to 1.
  std::span<const float> weights(int i) const {
    const auto taps = static_cast<std::size_t>(taps_);
    return std::span{weights_}.subspan(static_cast<std::size_t>(i) * taps, taps);
  }
  /// True if destination pixel i is source pixel first(i), unchanged.
  bool copies() const { return copies_; }

 private:
  int taps_ = 1;
  bool copies_ = false;
  std::vector<int> first_;
  std::vector<float> weights_;  // size() * taps_
};

}  // namespace drmshow
