#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include <drm_mode.h>
#include <fmt/format.h>

#include "base/load.hpp"
#include "drm/new_kernel.hpp"
#include "query/values/decode_parts.hpp"

namespace drmshow {
namespace {

double from_sign_magnitude(std::uint64_t raw) {
  constexpr std::uint64_t kSign = 1ull << 63;
  const double magnitude = std::ldexp(static_cast<double>(raw & ~kSign), -32);
  return (raw & kSign) != 0 && magnitude != 0 ? -magnitude : magnitude;
}

Decoded decode_matrix(BlobBytes bytes, std::size_t count) {
  if (bytes.size() != count * sizeof(std::uint64_t))
    return BadBlob{
        fmt::format("a matrix of {} numbers is {} bytes", count, count * sizeof(std::uint64_t))};
  ColourMatrix matrix;
  for (std::size_t i = 0; i < count; ++i)
    matrix.values.push_back(
        from_sign_magnitude(load<std::uint64_t>(bytes, i * sizeof(std::uint64_t))));
  return matrix;
}

using Rgb = std::array<std::uint32_t, 3>;

/// Rounding up, down and to nearest all count as on the line.
bool on_line(const Rgb& entry, std::uint64_t at, std::uint64_t last, std::uint64_t top) {
  const std::uint64_t line = at * top / last;
  return std::ranges::all_of(
      entry, [&](std::uint64_t value) { return value + 1 >= line && value <= line + 1; });
}

bool falls(const Rgb& before, const Rgb& after) {
  return after[0] < before[0] || after[1] < before[1] || after[2] < before[2];
}

template <class Entry>
Decoded summarise(BlobBytes bytes) {
  using Channel = decltype(Entry::red);
  const std::size_t count = bytes.size() / sizeof(Entry);
  if (count == 0 || bytes.size() % sizeof(Entry) != 0)
    return BadBlob{fmt::format("a table has {} bytes an entry", sizeof(Entry))};
  const auto entry = [&](std::size_t at) {
    const auto raw = load<Entry>(bytes, at * sizeof(Entry));
    return Rgb{raw.red, raw.green, raw.blue};
  };
  LutSummary lut{count, entry(0), entry(count - 1), count > 1, true};
  for (std::size_t i = 0; i < count; ++i) {
    lut.linear = lut.linear && on_line(entry(i), i, count - 1, std::numeric_limits<Channel>::max());
    if (i > 0 && falls(entry(i - 1), entry(i))) lut.monotonic = false;
  }
  return lut;
}

// CTA-861-G section 6.9.1: chromaticities in 0.00002, the least luminance in 0.0001 cd/m2.
constexpr double kLeastLuminanceUnit = 0.0001;

Chromaticity chromaticity(std::uint16_t x, std::uint16_t y) {
  constexpr float kPerUnit = 50000;
  return {static_cast<float>(x) / kPerUnit, static_cast<float>(y) / kPerUnit};
}

/// They come in any order: red is the one with the greatest x, green of the others that with the
/// greatest y (CTA-861-G section 6.9.1).
ColourPrimaries sorted_primaries(std::array<Chromaticity, 3> points, Chromaticity white) {
  std::iter_swap(points.begin(), std::ranges::max_element(points, {}, &Chromaticity::x));
  if (points[2].y > points[1].y) std::swap(points[1], points[2]);
  return {points[0], points[1], points[2], white};
}

}  // namespace

Decoded decode_ctm(BlobBytes bytes) {
  return decode_matrix(bytes, 9);
}

Decoded decode_ctm_3x4(BlobBytes bytes) {
  return decode_matrix(bytes, 12);
}

Decoded decode_lut(BlobBytes bytes) {
  return summarise<drm_color_lut>(bytes);
}

Decoded decode_lut32(BlobBytes bytes) {
  return summarise<ColourLut32>(bytes);
}

Decoded decode_hdr_output(BlobBytes bytes) {
  if (bytes.size() != sizeof(hdr_output_metadata))
    return BadBlob{fmt::format("HDR metadata is {} bytes", sizeof(hdr_output_metadata))};
  const auto raw = load<hdr_output_metadata>(bytes);
  // 0: static metadata type 1, the only one that the struct has room for.
  if (raw.metadata_type != 0)
    return BadBlob{fmt::format("HDR metadata of type {} is not known", raw.metadata_type)};
  const hdr_metadata_infoframe& frame = raw.hdmi_metadata_type1;
  const auto primary = [&](int i) {
    return chromaticity(frame.display_primaries[i].x, frame.display_primaries[i].y);
  };
  HdrOutputMetadata out;
  out.eotf = frame.eotf;
  out.primaries = sorted_primaries({primary(0), primary(1), primary(2)},
                                   chromaticity(frame.white_point.x, frame.white_point.y));
  out.max_luminance = frame.max_display_mastering_luminance;
  out.min_luminance = frame.min_display_mastering_luminance * kLeastLuminanceUnit;
  out.max_content_light_level = frame.max_cll;
  out.max_frame_average_light_level = frame.max_fall;
  return out;
}

}  // namespace drmshow
