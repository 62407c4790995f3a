#include "render/vulkan/gpu_choice.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

#include <fmt/format.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

std::string lower(std::string_view text) {
  std::string result{text};
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

bool is_displays_own(const GpuInfo& gpu, const DisplayNodes& display) {
  const bool same_primary = gpu.primary && gpu.primary == display.primary;
  const bool same_render = gpu.render && gpu.render == display.render;
  return same_primary || same_render;
}

// More is better. Without a display of its own, a GPU that shares the processor's memory shares it
// with display controllers as well.
int merit(const GpuInfo& gpu, const DisplayNodes& display) {
  if (is_displays_own(gpu, display)) return 5;
  switch (gpu.kind) {
    case GpuKind::integrated:
      return 4;
    case GpuKind::discrete:
      return 3;
    case GpuKind::virtual_gpu:
      return 2;
    case GpuKind::other:
      return 1;
    case GpuKind::software:
      return 0;
  }
  return 0;
}

std::optional<std::size_t> place_in(std::string_view wish) {
  if (!wish.starts_with('#')) return std::nullopt;
  std::size_t place = 0;
  const char* end = wish.data() + wish.size();
  const auto [stopped, error] = std::from_chars(wish.data() + 1, end, place);
  return error == std::errc{} && stopped == end ? std::optional{place} : std::nullopt;
}

bool is_wished(const GpuInfo& gpu, std::size_t index, std::string_view wish) {
  if (wish.empty()) return true;
  if (wish.starts_with('#')) return place_in(wish) == index;
  if (wish == "software") return gpu.kind == GpuKind::software;
  return lower(gpu.name + "\n" + gpu.driver).find(lower(wish)) != std::string::npos;
}

std::string list_of(std::span<const GpuInfo> gpus) {
  std::string list;
  for (std::size_t i = 0; i < gpus.size(); ++i) {
    list += fmt::format("{}#{} {}", i == 0 ? "" : "; ", i, to_string(gpus[i]));
    if (!gpus[i].lacks.empty()) list += fmt::format(" (lacks {})", gpus[i].lacks);
  }
  return list;
}

[[noreturn]] void throw_none(std::span<const GpuInfo> gpus, std::string_view wish) {
  if (gpus.empty()) {
    throw Error{Failure::gpu, "Vulkan finds no GPU",
                "Install the GPU's Vulkan driver (Debian: mesa-vulkan-drivers), or draw with "
                "--render cpu."};
  }
  const auto what = wish.empty() ? std::string{"no GPU can draw for us"}
                                 : fmt::format("there is no GPU \"{}\" that can draw", wish);
  throw Error{Failure::gpu, what, fmt::format("There are: {}.", list_of(gpus))};
}

std::string reason_for(const GpuInfo& gpu, bool own, std::string_view wish) {
  if (!wish.empty()) return "it was asked for";
  if (own) return "it is the display's own";
  if (gpu.kind == GpuKind::software) return "there is no other, the processor draws";
  return "the display has none of its own";
}

}  // namespace

GpuChoice choose_gpu(std::span<const GpuInfo> gpus, const DisplayNodes& display,
                     std::string_view wish) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < gpus.size(); ++i) {
    if (!gpus[i].lacks.empty() || !is_wished(gpus[i], i, wish)) continue;
    if (!best || merit(gpus[i], display) > merit(gpus[*best], display)) best = i;
  }
  if (!best) throw_none(gpus, wish);
  const bool own = is_displays_own(gpus[*best], display);
  return {*best, reason_for(gpus[*best], own, wish), own};
}

std::string to_string(const GpuInfo& gpu) {
  constexpr std::string_view kinds[] = {"integrated", "discrete", "virtual", "software", "other"};
  return fmt::format("{}, {}, {}", gpu.name, gpu.driver, kinds[static_cast<std::size_t>(gpu.kind)]);
}

}  // namespace drmshow
