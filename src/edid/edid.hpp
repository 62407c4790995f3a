// What a display says about itself: its EDID (VESA E-EDID 1.4, with CTA-861 and DisplayID
// extensions), decoded by libdisplay-info. Pure: bytes in, values out.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drm-show/geometry.hpp"

namespace drmshow {

/// CIE 1931 chromaticity coordinates.
struct Chromaticity {
  float x = 0;
  float y = 0;
};

struct ColourPrimaries {
  Chromaticity red, green, blue, white;
};

/// CTA-861-H section 7.5.13, HDR Static Metadata Data Block. Luminances in cd/m2; 0: not told.
struct HdrStaticMetadata {
  float max_luminance = 0;
  float max_frame_average_luminance = 0;
  float min_luminance = 0;
  bool traditional_sdr = false;
  bool traditional_hdr = false;
  bool pq = false;
  bool hlg = false;
};

/// Whole hertz, both ends included.
struct RefreshRange {
  int least = 0;
  int greatest = 0;
};

struct EdidInfo {
  std::string make;          ///< "Dell Inc.", or the PNP id where the company is not known
  std::string manufacturer;  ///< the PNP id: "DEL"
  unsigned product_code = 0;
  std::string model;           ///< "DELL U2720Q"; empty if not told
  std::string serial;          ///< from the descriptor, or the number as hex; empty if not told
  int year = 0;                ///< of manufacture, or of the model; 0 if not told
  int week = 0;                ///< of manufacture; 0 if not told
  bool is_model_year = false;  ///< `year` is the model's, not that of manufacture
  int version = 0;             ///< EDID version and revision: 1 and 4
  int revision = 0;
  bool digital = false;
  int bits_per_channel = 0;  ///< of the panel's input; 0 if not told
  Size size_mm;              ///< of the visible area; 0x0 if not told (projectors)
  std::optional<float> gamma;
  std::optional<ColourPrimaries> primaries;
  std::optional<HdrStaticMetadata> hdr;
  std::optional<RefreshRange> vertical_range;  ///< display range limits: what VRR may use
  std::vector<std::string> extensions;         ///< "CTA-861", "DisplayID", …
  /// What is wrong with it, as libdisplay-info says, one complaint each. It may be usable.
  std::vector<std::string> complaints;
};

/// nullopt if these bytes are no EDID at all; `why`, if given, is told the reason.
std::optional<EdidInfo> parse_edid(std::span<const std::byte> bytes, std::string* why = nullptr);

/// "Dell Inc. DELL U2720Q"; with what is there.
std::string monitor_name(const EdidInfo& edid);

}  // namespace drmshow
