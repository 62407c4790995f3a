#include "render/vulkan/shader_inputs.hpp"

#include <algorithm>
#include <chrono>

namespace drmshow {
namespace {

float seconds_of(Nanoseconds time) {
  return static_cast<float>(std::chrono::duration<double>{time}.count());
}

void set_date(float (&date)[4], Nanoseconds wall_clock) {
  const auto days = std::chrono::floor<std::chrono::days>(wall_clock);
  const std::chrono::year_month_day day{std::chrono::sys_days{days}};
  date[0] = static_cast<float>(static_cast<int>(day.year()));
  date[1] = static_cast<float>(static_cast<unsigned>(day.month()) - 1);
  date[2] = static_cast<float>(static_cast<unsigned>(day.day()));
  date[3] = seconds_of(wall_clock - days);
}

}  // namespace

ShaderInputs shader_inputs(const Moment& now, Size size, Nanoseconds began) {
  constexpr float usual_rate = 60;  // until the second frame tells
  ShaderInputs inputs{
      .resolution = {static_cast<float>(size.width), static_cast<float>(size.height), 1},
      .time = seconds_of(now.time),
      .mouse = {},
      .date = {},
      .time_delta = 1 / usual_rate,
      .frame_rate = usual_rate,
      .frame = static_cast<std::int32_t>(std::max<std::uint64_t>(now.number, 1) - 1)};
  set_date(inputs.date, began + now.time);
  if (now.number > 1 && now.time > Nanoseconds{0}) {
    inputs.time_delta = seconds_of(now.time / static_cast<std::int64_t>(now.number - 1));
    inputs.frame_rate = 1 / std::max(inputs.time_delta, 1e-9f);
  }
  return inputs;
}

}  // namespace drmshow
