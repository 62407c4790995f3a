#include "show/content.hpp"

#include <algorithm>
#include <ctime>

#include <fmt/format.h>

#include "base/nearest.hpp"
#include "base/utf8.hpp"
#include "drm-show/error.hpp"
#include "render/cpu/animations.hpp"
#include "render/cpu/image_picture.hpp"
#include "render/cpu/overlay.hpp"
#include "render/cpu/pattern.hpp"
#include "render/cpu/still_animation.hpp"
#include "render/cpu/turned.hpp"
#include "show/gpu_studio.hpp"

namespace drmshow {
namespace {

const std::filesystem::path& file_for(const Options& options, std::size_t index) {
  return options.files[std::min(index, options.files.size() - 1)];
}

// Since local midnight.
Nanoseconds time_of_day() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  tm local{};
  ::localtime_r(&now.tv_sec, &local);
  return std::chrono::hours{local.tm_hour} + std::chrono::minutes{local.tm_min} +
         std::chrono::seconds{local.tm_sec} + Nanoseconds{now.tv_nsec};
}

std::unique_ptr<Picture> make_picture(const Options& options, const Spot& spot) {
  const Size size = content_size(options, spot);
  if (!options.files.empty()) {
    return load_image_picture(file_for(options, spot.index), size, options.fit, options.background);
  }
  auto pattern = make_pattern(options.pattern, size);
  if (options.label == LabelPolicy::never) return pattern;
  return with_label(std::move(pattern), spot.label);
}

void check_pattern(const Options& options) {
  std::vector<std::string> names;
  for (const PatternInfo& info : patterns()) names.emplace_back(info.name);
  for (const PatternInfo& info : animations()) names.emplace_back(info.name);
  if (std::ranges::find(names, options.pattern) != names.end()) return;
  if (options.pattern.starts_with("solid:")) {
    make_pattern(options.pattern, {1, 1});  // throws if the colour is none
    return;
  }
  throw Error{Failure::usage, fmt::format("there is no pattern \"{}\"", options.pattern),
              did_you_mean(options.pattern, names) + "--list-patterns shows all."};
}

}  // namespace

Size content_size(const Options& options, const Spot& spot) {
  return size_before_turning(spot.size, options.quarter_turns);
}

Spot spot_on(const Output& output, std::size_t index, const std::string& where) {
  return {output.mode.size(), {{output.name, to_string(output.mode), where}}, index};
}

bool moves(const Options& options) {
  if (options.frames_asked || !options.vulkan.empty()) return true;
  const auto is_it = [&](const PatternInfo& info) { return info.name == options.pattern; };
  return options.files.empty() && std::ranges::any_of(animations(), is_it);
}

std::unique_ptr<Animation> make_animation_for(const Options& options, const Spot& spot) {
  const Size size = content_size(options, spot);
  auto moving =
      options.files.empty() ? make_animation(options.pattern, size, time_of_day()) : nullptr;
  if (!moving) return still_animation(make_picture(options, spot));
  if (options.label == LabelPolicy::never) return moving;
  return with_label(std::move(moving), spot.label);
}

std::string content_name(const Options& options, std::size_t index) {
  const auto name_of = [](const std::filesystem::path& file) {
    return without_harmful(file.filename().string());
  };
  if (!options.vulkan.shader.empty()) return name_of(options.vulkan.shader);
  if (!options.vulkan.model.empty()) return name_of(options.vulkan.model);
  if (!options.vulkan.scene.empty()) return options.vulkan.scene;
  return options.files.empty() ? options.pattern : name_of(file_for(options, index));
}

void check_names(const Options& options) {
  if (!options.vulkan.empty()) {
    check_vulkan_names(options);
  } else if (options.files.empty()) {
    check_pattern(options);
  }
}

}  // namespace drmshow
