// Counts what is asked of malloc(), by us and by the libraries.
#pragma once

#include <cstddef>

namespace drmshow::test {

class HeapPeak {
 public:
  HeapPeak();
  /// Bytes asked for since construction, freed or not: an upper bound of what was ever held.
  std::size_t bytes() const;

 private:
  std::size_t before_;
};

}  // namespace drmshow::test
