// What the clock says in characters. Pure.
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

#include "drm-show/time.hpp"
#include "render/cpu/decimal.hpp"

namespace drmshow {

/// One line: "hh:mm:ss.mmm" or "frame nnnnnn".
using ClockText = std::array<char, 12>;

/// `time_of_day`: not negative.
constexpr ClockText time_text(Nanoseconds time_of_day) {
  const auto total = static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::milliseconds>(time_of_day).count());
  const auto hours = last_digits<2>(total / 3'600'000);
  const auto minutes = last_digits<2>(total / 60'000 % 60);
  const auto seconds = last_digits<2>(total / 1000 % 60);
  const auto millis = last_digits<3>(total % 1000);
  return {hours[0],   hours[1],   ':', minutes[0], minutes[1], ':',
          seconds[0], seconds[1], '.', millis[0],  millis[1],  millis[2]};
}

/// Of the frame's number, modulo a million.
constexpr ClockText number_text(std::uint64_t number) {
  ClockText text{'f', 'r', 'a', 'm', 'e', ' '};
  std::ranges::copy(last_digits<6>(number), text.begin() + 6);
  return text;
}

}  // namespace drmshow
