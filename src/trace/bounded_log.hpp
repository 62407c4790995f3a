// A list that grows to a limit, and counts what found no place. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace drmshow {

template <class Item>
class BoundedLog {
 public:
  explicit BoundedLog(std::size_t most) : most_{most} {}

  void add(Item item) {
    if (items_.size() < most_) {
      items_.push_back(std::move(item));
    } else {
      ++lost_;
    }
  }
  std::vector<Item>& items() { return items_; }
  const std::vector<Item>& items() const { return items_; }
  std::uint64_t lost() const { return lost_; }

 private:
  std::size_t most_;
  std::vector<Item> items_;
  std::uint64_t lost_ = 0;
};

}  // namespace drmshow
