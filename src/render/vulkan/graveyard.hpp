// What nobody wants any more, but the GPU may still be at work on: kept until it has passed the
// point after which it does not need it. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>

namespace drmshow {

class Graveyard {
 public:
  /// Keeps `object` until the GPU has completed `value`.
  template <class Object>
  void bury(Object object, std::uint64_t value) {
    graves_.push_back({value, std::make_shared<Object>(std::move(object))});
  }

  /// Ends what the GPU does not need once it has completed `completed`, in the order of burial.
  void collect(std::uint64_t completed);

  std::size_t size() const { return graves_.size(); }

 private:
  struct Grave {
    std::uint64_t value;
    std::shared_ptr<void> object;  // of any type: this is the one that knows how it ends
  };
  std::deque<Grave> graves_;
};

}  // namespace drmshow
