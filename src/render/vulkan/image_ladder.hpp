// Which ways there are to make images that a GPU draws into and planes show, best first. Pure.
//
// Formats that show our pictures as they are come first; among them, zero copies in the layout that
// saves the most bandwidth. TEST_ONLY has the last word: drivers refuse more than they list.
#pragma once

#include <vector>

#include "drm-show/scanout_image.hpp"

namespace drmshow {

/// What the GPU can do with a format that it can draw into, in images of the wanted size.
struct GpuFormat {
  Format format;
  /// What it can draw into and share as dmabufs, in its own order of preference.
  std::vector<Modifier> modifiers;
  bool shares_lines = false;  ///< it can do so with plain lines, told by a modifier or not
  bool takes_lines = false;   ///< it can draw into plain lines in others' dmabufs
};

using GpuImageFormats = std::vector<GpuFormat>;

std::vector<ImageWay> image_ways(const ScanoutWish& wish, const GpuImageFormats& gpu);

}  // namespace drmshow
