#include "show/control.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "render/cpu/animations.hpp"
#include "render/cpu/pattern.hpp"
#include "show/gpu_studio.hpp"

namespace drmshow {
namespace {

using Files = std::vector<std::filesystem::path>;

std::string_view pattern_at(std::size_t index) {
  return index < patterns().size() ? patterns()[index].name
                                   : animations()[index - patterns().size()].name;
}

std::size_t pattern_count() {
  return patterns().size() + animations().size();
}

/// pattern_count() if it is not in the list (solid:#336699).
std::size_t index_of(std::string_view pattern) {
  std::size_t index = 0;
  while (index < pattern_count() && pattern_at(index) != pattern) ++index;
  return index;
}

std::string_view pattern_after(std::string_view pattern) {
  const std::size_t index = index_of(pattern);
  return pattern_at(index + 1 < pattern_count() ? index + 1 : 0);
}

std::string_view pattern_before(std::string_view pattern) {
  const std::size_t index = index_of(pattern);
  return pattern_at((index > 0 ? index : pattern_count()) - 1);
}

Change step_through_shaders(int steps, Shown& shown) {
  if (shown.vulkan.shader.empty()) return Change::none;
  std::string before = std::exchange(shown.vulkan.shader, shader_after(shown.vulkan.shader, steps));
  return before == shown.vulkan.shader ? Change::none : Change::content;
}

Change next(Shown& shown) {
  if (!shown.vulkan.empty()) return step_through_shaders(1, shown);
  if (shown.files.empty()) {
    shown.pattern = pattern_after(shown.pattern);
    return Change::content;
  }
  if (shown.files.size() == 1) return Change::none;
  std::ranges::rotate(shown.files, shown.files.begin() + 1);
  return Change::content;
}

Change previous(Shown& shown) {
  if (!shown.vulkan.empty()) return step_through_shaders(-1, shown);
  if (shown.files.empty()) {
    shown.pattern = pattern_before(shown.pattern);
    return Change::content;
  }
  if (shown.files.size() == 1) return Change::none;
  std::ranges::rotate(shown.files, shown.files.end() - 1);
  return Change::content;
}

Change show_again(Shown& shown) {
  if (shown.set_aside.empty() && shown.vulkan_aside.empty()) return Change::none;
  shown.files = std::exchange(shown.set_aside, {});
  shown.vulkan = std::exchange(shown.vulkan_aside, {});
  return Change::content;
}

Change show_pattern(int number, Shown& shown) {
  if (number == 0) return show_again(shown);
  const std::string_view pattern = pattern_at(static_cast<std::size_t>(number - 1));
  const bool is_pattern = shown.files.empty() && shown.vulkan.empty();
  if (is_pattern && shown.pattern == pattern) return Change::none;
  if (!is_pattern) {
    shown.set_aside = std::exchange(shown.files, {});
    shown.vulkan_aside = std::exchange(shown.vulkan, {});
  }
  shown.pattern = pattern;
  return Change::content;
}

Change fit_otherwise(Shown& shown) {
  if (shown.files.empty()) return Change::none;
  constexpr std::array order{Fit::contain, Fit::cover, Fit::stretch, Fit::none};
  const auto* const now = std::ranges::find(order, shown.fit);
  shown.fit = now + 1 == order.end() ? order.front() : now[1];
  return Change::content;
}

}  // namespace

Shown shown_at_first(const Options& options) {
  Shown shown;
  shown.files = options.files;
  shown.pattern = options.pattern;
  shown.vulkan = options.vulkan;
  shown.fit = options.fit;
  shown.quarter_turns = options.quarter_turns;
  shown.overlay = options.overlay == OverlayPolicy::with;
  return shown;
}

void put_into(const Shown& shown, Options& options) {
  options.files = shown.files;
  options.pattern = shown.pattern;
  options.vulkan = shown.vulkan;
  options.fit = shown.fit;
  options.quarter_turns = shown.quarter_turns;
  options.overlay = shown.overlay ? OverlayPolicy::with : OverlayPolicy::without;
}

Change apply(const KeyPress& press, Shown& shown) {
  switch (press.key) {
    case Key::quit:
      return Change::quit;
    case Key::pause:
      shown.paused = !shown.paused;
      return Change::pause;
    case Key::next:
      return next(shown);
    case Key::previous:
      return previous(shown);
    case Key::number:
      return show_pattern(press.number, shown);
    case Key::fit:
      return fit_otherwise(shown);
    case Key::rotate:
      shown.quarter_turns = (shown.quarter_turns + 1) % 4;
      return Change::content;
    case Key::overlay:
      shown.overlay = !shown.overlay;
      return Change::overlay;
    case Key::mode:
      return Change::mode;
    case Key::screenshot:
      return Change::screenshot;
  }
  return Change::none;
}

}  // namespace drmshow
