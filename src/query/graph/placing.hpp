// How high the boxes of the routing graph's picture stand: each as close to the middle of what it
// is joined to as its neighbours in the column allow. Pure.
#pragma once

#include <vector>

#include "query/graph/order.hpp"

namespace drmshow {

class Placing {
 public:
  /// `heights`: what each item takes of its column.
  Placing(const Layers& layers, std::vector<int> heights, int gap);

  /// The middles of the active items; what the topmost takes begins at 0. Of other items: 0.
  std::vector<double> active_centres();

 private:
  using Items = std::vector<std::size_t>;

  void stack(const Items& items);
  void align(const Items& items);
  double wanted(std::size_t item) const;

  const Layers& layers_;
  std::vector<int> heights_;
  int gap_;
  std::vector<Items> neighbours_;  // along active links
  std::vector<double> centres_;
};

}  // namespace drmshow
