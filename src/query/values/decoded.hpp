// What the value of a property means, beyond its number: the contents of blobs, fixed-point
// numbers, the objects that ids stand for. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "drm-show/fixed.hpp"
#include "drm-show/geometry.hpp"
#include "drm-show/mode.hpp"
#include "drm-show/snapshot.hpp"
#include "drm/format_table.hpp"
#include "edid/edid.hpp"

namespace drmshow {

/// CTM: red, green and blue out of red, green and blue in, row by row. S31.32 sign-magnitude in the
/// kernel (struct drm_color_ctm): not two's complement.
struct ColourMatrix {
  std::vector<double> values;  ///< 9 (3x3), or 12 (3x4: an offset at the end of each row)
};

/// DEGAMMA_LUT, GAMMA_LUT (struct drm_color_lut): a summary, since nobody reads 4096 lines.
struct LutSummary {
  std::size_t entries = 0;
  std::array<std::uint32_t, 3> first{};  ///< red, green, blue; 16 bits, of drm_color_lut32 32 bits
  std::array<std::uint32_t, 3> last{};
  bool linear = false;     ///< no entry is further than 1 from the straight line from 0 to the top
  bool monotonic = false;  ///< no channel ever falls
};

/// HDR_OUTPUT_METADATA (struct hdr_output_metadata): what is sent to the display.
struct HdrOutputMetadata {
  unsigned eotf = 0;  ///< CTA-861-G: 0 SDR, 1 traditional HDR, 2 PQ, 3 HLG
  ColourPrimaries primaries;
  double max_luminance = 0;  ///< cd/m2, of the mastering display
  double min_luminance = 0;
  unsigned max_content_light_level = 0;  ///< cd/m2
  unsigned max_frame_average_light_level = 0;
};

/// TILE: this connector's part of a display made of several ("group:flag:cols:rows:x:y:w:h").
struct TileInfo {
  int group = 0;
  bool single_monitor = false;  ///< all tiles are in one housing
  Size tiles;                   ///< how many across and down
  Point location;               ///< of this one: 0,0 is top left
  Size size;                    ///< of this one, in pixels
};

struct SizeHints {
  std::vector<Size> sizes;  ///< of the cursor plane, best first
};

struct FormatList {
  std::vector<Format> formats;  ///< WRITEBACK_PIXEL_FORMATS
};

/// COLOR_PIPELINE: the operations of the pipeline in use, first to last; empty: bypassed.
struct ColourPipeline {
  std::vector<std::uint32_t> colorops;
};

/// The property names an object of this kind; its id is the property's value.
struct ObjectReference {
  ObjectKind kind;
  std::uint32_t id;
};

/// A text that is a blob: PATH ("mst:58-1").
struct BlobText {
  std::string text;
};

/// A blob that is damaged, or that the kernel's own rules forbid.
struct BadBlob {
  std::string why;
};

using Decoded = std::variant<std::monostate, Fixed16_16, Mode, EdidInfo, FormatTable, FormatList,
                             ColourMatrix, LutSummary, HdrOutputMetadata, TileInfo, SizeHints,
                             ColourPipeline, ObjectReference, BlobText, BadBlob>;

/// monostate: there is nothing to say beyond number, entry name or bytes.
Decoded decode(const Snapshot& snapshot, const Property& property);

}  // namespace drmshow
