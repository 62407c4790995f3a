#include "render/cpu/pattern_cells.hpp"

#include <algorithm>
#include <numeric>

namespace drmshow {

int square_cell(Size size, int per_short_side) {
  const int shorter = std::min(size.width, size.height);
  const int wanted = std::max(shorter / per_short_side, 1);
  const int common = std::gcd(size.width, size.height);
  // Up to a quarter off what was wanted, the nearest first.
  for (int off = 0; off <= wanted / 4; ++off) {
    if (common % (wanted + off) == 0) return wanted + off;
    if (common % (wanted - off) == 0) return wanted - off;
  }
  return wanted;
}

int centred_origin(int length, int cell) {
  const int rest = length % cell;
  return rest == 0 ? 0 : rest / 2 - cell;
}

}  // namespace drmshow
