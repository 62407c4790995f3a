// The picture for each output.
#pragma once

#include <memory>

#include "drm-show/device.hpp"
#include "drm-show/display.hpp"
#include "drm-show/picture.hpp"
#include "render/cpu/animation.hpp"
#include "show/options.hpp"

namespace drmshow {

/// The picture that goes on output `index`. Throws Error: bad_content, usage (no such pattern).
std::unique_ptr<Picture> make_content(const Options& options, const Device& device,
                                      const Output& output, std::size_t index);

/// Whether frames follow one another: the pattern moves, or the options ask for frames.
bool moves(const Options& options);

/// The moving picture for output `index`: a moving pattern, or a still picture again and again.
/// Throws Error as make_content() does.
std::unique_ptr<Animation> make_moving_content(const Options& options, const Device& device,
                                               const Output& output, std::size_t index);

/// What is on output `index`, for messages: a pattern's or file's name.
std::string content_name(const Options& options, std::size_t index);

/// Throws Error (usage) with suggestions if the pattern does not exist, before anything happens.
void check_pattern(const Options& options);

}  // namespace drmshow
