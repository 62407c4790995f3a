// How high the boxes of the routing graph's picture stand: each as close to the middle of what it
// is joined to as its neighbours in the column allow. Pure.
#pragma once

#include <vector>

#include "query/graph_order.hpp"

namespace drmshow {

class Placing {
 public:
  Placing(const Layers& layers, const std::vector<int>& heights, int gap);

  /// The upper borders of the active items, the topmost at 0. Of other items: 0.
  std::vector<double> active_tops();

 private:
  using Items = std::vector<std::size_t>;

  void stack(const Items& items);
  void align(const Items& items);
  double wanted(std::size_t item) const;

  const Layers& layers_;
  const std::vector<int>& heights_;
  int gap_;
  std::vector<Items> neighbours_;  // along active links
  std::vector<double> centres_;
};

}  // namespace drmshow
