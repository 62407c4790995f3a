// The font that labels are set in, embedded by font_embed.sh at build time: DejaVu Sans Mono Bold
// unless meson's option `font` says otherwise. DejaVu's licence (Bitstream Vera's) allows this.
#pragma once

#include <span>

namespace drmshow {

/// A whole TrueType file; lives as long as the program.
std::span<const unsigned char> embedded_font();

}  // namespace drmshow
