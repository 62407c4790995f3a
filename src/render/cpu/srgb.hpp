// Between sRGB codes and linear light (IEC 61966-2-1), by table. Scaling mixes light, so it has to
// be done on linear values; mixing codes darkens fine detail.
#pragma once

#include <array>
#include <cstdint>

namespace drmshow {

struct SrgbTables {
  /// Steps of linear light in `code`: five of them in the narrowest step between two codes, so
  /// that code -> light -> code changes nothing.
  static constexpr int kSteps = 16383;

  std::array<float, 256> light;               ///< sRGB code -> linear light, 0 to 1
  std::array<std::uint8_t, kSteps + 1> code;  ///< linear light * kSteps, rounded -> sRGB code
};

/// Built at first use.
const SrgbTables& srgb_tables();

}  // namespace drmshow
