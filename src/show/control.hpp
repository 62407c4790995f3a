// What a key does to what is shown. Pure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "drm-show/fit.hpp"
#include "session/key.hpp"
#include "show/options.hpp"

namespace drmshow {

/// What is on the outputs, and how: what keys can change.
struct Shown {
  std::vector<std::filesystem::path> files;  ///< one for each output, the last for all that follow
  std::string pattern = "card";              ///< when there is nothing else
  VulkanContent vulkan{};                    ///< comes before files
  Fit fit = Fit::contain;
  int quarter_turns = 0;  ///< clockwise, 0 to 3
  bool overlay = false;
  bool paused = false;
  /// What made room for a pattern; the key 0 brings it back.
  std::vector<std::filesystem::path> set_aside{};
  VulkanContent vulkan_aside{};
  friend bool operator==(const Shown&, const Shown&) = default;
};

Shown shown_at_first(const Options& options);
/// The other way round.
void put_into(const Shown& shown, Options& options);

/// What there is to do after a key.
enum class Change : std::uint8_t {
  none,
  content,     ///< draw other pictures
  overlay,     ///< with or without the panel
  pause,       ///< stop or go on
  mode,        ///< the next mode of the outputs
  screenshot,  ///< write what is shown to files
  quit,
};

/// next, previous: with files, the next one goes on the first output, the one after it on the
/// second, and so on, round and round; with a pattern or a built-in shader, through all of them as
/// --list-patterns or --list-shaders has them. 1 to 9: the patterns with these numbers in that
/// list, in place of anything else, too; 0: back to what the command line said. fit: contain,
/// cover, stretch, none; nothing with a pattern, which fits as it is. rotate: a quarter turn
/// clockwise.
Change apply(const KeyPress& press, Shown& shown);

}  // namespace drmshow
