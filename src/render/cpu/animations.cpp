#include "render/cpu/animations.hpp"

#include <algorithm>
#include <array>

#include "render/cpu/animation_factories.hpp"
#include "render/cpu/coded_animation.hpp"

namespace drmshow {
namespace {

struct NamedAnimation {
  PatternInfo info;
  std::unique_ptr<Animation> (*make)(Size size, Nanoseconds time_of_day);
};

template <std::unique_ptr<Animation> (*make)(Size)>
std::unique_ptr<Animation> at_any_time(Size size, Nanoseconds /*time_of_day*/) {
  return make(size);
}

constexpr NamedAnimation named_animations[] = {
    {{"bounce", "a box with the frame's number, bouncing: motion both ways, dropped frames"},
     at_any_time<make_bounce>},
    {{"scroll", "bars at three constant speeds: tearing, judder, smear"}, at_any_time<make_scroll>},
    {{"clock", "the time to the millisecond, and a sweeping second hand"}, make_clock},
    {{"zone", "a zone plate whose rings flow: every pixel changes in every frame"},
     at_any_time<make_moving_zone>},
};

constexpr auto animation_infos = [] {
  std::array<PatternInfo, std::size(named_animations)> list;
  std::transform(std::begin(named_animations), std::end(named_animations), list.begin(),
                 [](const NamedAnimation& named) { return named.info; });
  return list;
}();

}  // namespace

std::span<const PatternInfo> animations() {
  return animation_infos;
}

std::unique_ptr<Animation> make_animation(std::string_view name, Size size,
                                          Nanoseconds time_of_day) {
  check_pattern_size(size);
  const auto* const found =
      std::find_if(std::begin(named_animations), std::end(named_animations),
                   [&](const NamedAnimation& named) { return named.info.name == name; });
  if (found == std::end(named_animations)) return nullptr;
  return with_frame_code(found->make(size, time_of_day));
}

}  // namespace drmshow
