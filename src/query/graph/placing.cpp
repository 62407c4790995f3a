#include "query/graph/placing.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

namespace drmshow {
namespace {

constexpr int rounds = 240;

// The non-decreasing sequence with the least sum of squared distances from `values`: pool adjacent
// violators (Ayer et al. 1955).
std::vector<double> isotonic(const std::vector<double>& values) {
  struct Block {
    double mean;
    std::size_t size;
  };
  std::vector<Block> blocks;
  for (const double value : values) {
    Block block{value, 1};
    while (!blocks.empty() && blocks.back().mean > block.mean) {
      const Block& last = blocks.back();
      const auto size = static_cast<double>(block.size);
      const auto last_size = static_cast<double>(last.size);
      block.mean = (block.mean * size + last.mean * last_size) / (size + last_size);
      block.size += last.size;
      blocks.pop_back();
    }
    blocks.push_back(block);
  }
  std::vector<double> result;
  for (const Block& block : blocks) result.insert(result.end(), block.size, block.mean);
  return result;
}

}  // namespace

Placing::Placing(const Layers& layers, std::vector<int> heights, int gap)
    : layers_{layers},
      heights_{std::move(heights)},
      gap_{gap},
      neighbours_(layers.items.size()),
      centres_(layers.items.size()) {
  for (const Layers::Link& link : layers.links) {
    if (!link.active) continue;
    neighbours_[link.from].push_back(link.to);
    neighbours_[link.to].push_back(link.from);
  }
}

void Placing::stack(const Items& items) {
  double y = 0;
  for (const std::size_t item : items) {
    centres_[item] = y + heights_[item] / 2.0;
    y += heights_[item] + gap_;
  }
}

double Placing::wanted(std::size_t item) const {
  if (neighbours_[item].empty()) return centres_[item];
  double sum = 0;
  for (const std::size_t neighbour : neighbours_[item]) sum += centres_[neighbour];
  return sum / static_cast<double>(neighbours_[item].size());
}

// Distances from the first item to each, if they stood as close as they may, turn the demand for
// gaps into one for order only.
void Placing::align(const Items& items) {
  std::vector<double> offsets;
  std::vector<double> values;
  double offset = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) offset += (heights_[items[i - 1]] + heights_[items[i]]) / 2.0 + gap_;
    offsets.push_back(offset);
    values.push_back(wanted(items[i]) - offset);
  }
  const std::vector<double> fitted = isotonic(values);
  for (std::size_t i = 0; i < items.size(); ++i) centres_[items[i]] = fitted[i] + offsets[i];
}

std::vector<double> Placing::active_centres() {
  std::array<Items, graph_columns> active;
  for (std::size_t c = 0; c < graph_columns; ++c) {
    std::ranges::copy_if(layers_.columns[c], std::back_inserter(active[c]),
                         [&](std::size_t item) { return layers_.items[item].active; });
    stack(active[c]);
  }
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t step = 0; step < graph_columns; ++step)
      align(active[round % 2 == 0 ? graph_columns - 1 - step : step]);
  }
  double top = std::numeric_limits<double>::infinity();
  for (const Items& items : active) {
    if (!items.empty())
      top = std::min(top, centres_[items.front()] - heights_[items.front()] / 2.0);
  }
  std::vector<double> centres(layers_.items.size());
  for (const Items& items : active) {
    for (const std::size_t item : items) centres[item] = centres_[item] - top;
  }
  return centres;
}

}  // namespace drmshow
