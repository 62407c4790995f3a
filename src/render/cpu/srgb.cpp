#include "render/cpu/srgb.hpp"

#include <cmath>
#include <cstddef>

namespace drmshow {
namespace {

double light_of(double code) {
  const double value = code / 255;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

SrgbTables build() {
  SrgbTables tables{};
  std::size_t step = 0;
  for (unsigned code = 0; code < 256; ++code) {
    tables.light[code] = static_cast<float>(light_of(code));
    // This code is the nearest up to half way, in codes, to the next.
    const double end = light_of(code + 0.5) * SrgbTables::kSteps;
    while (step < tables.code.size() && (static_cast<double>(step) <= end || code == 255))
      tables.code[step++] = static_cast<std::uint8_t>(code);
  }
  return tables;
}

}  // namespace

const SrgbTables& srgb_tables() {
  static const SrgbTables tables = build();
  return tables;
}

}  // namespace drmshow
