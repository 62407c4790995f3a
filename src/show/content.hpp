// What goes on each output.
#pragma once

#include <memory>

#include "drm-show/display.hpp"
#include "drm-show/picture.hpp"
#include "render/cpu/animation.hpp"
#include "render/cpu/overlay.hpp"
#include "show/options.hpp"

namespace drmshow {

/// Where a picture is shown.
struct Spot {
  Size size;              ///< of the mode: of the picture once it is turned
  Label label;            ///< what test patterns say of it
  std::size_t index = 0;  ///< of the output: files are handed out in this order
};

/// Of what is drawn there, before it is turned.
Size content_size(const Options& options, const Spot& spot);

/// `where`: a line of its label, "vkms · card0".
Spot spot_on(const Output& output, std::size_t index, const std::string& where);

/// Whether frames follow one another: what is shown moves, or the options ask for frames.
bool moves(const Options& options);

/// What the CPU draws on a spot, before it is turned: a moving pattern, or a still picture again
/// and again. Throws Error: bad_content, usage (no such pattern).
std::unique_ptr<Animation> make_animation_for(const Options& options, const Spot& spot);

/// What is on output `index`, for messages: a pattern's or file's name.
std::string content_name(const Options& options, std::size_t index);

/// Throws Error (usage) with suggestions if the pattern, shader or scene does not exist, before
/// anything happens.
void check_names(const Options& options);

}  // namespace drmshow
