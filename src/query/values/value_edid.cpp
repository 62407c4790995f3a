// What an EDID says, a labelled line each.
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/printable.hpp"
#include "query/values/value_parts.hpp"

namespace drmshow {
namespace {

std::string date_line(const EdidInfo& edid) {
  if (edid.is_model_year) return fmt::format("model year {}", edid.year);
  if (edid.week == 0) return fmt::format("made: {}", edid.year);
  return fmt::format("made: week {} of {}", edid.week, edid.year);
}

std::string size_line(Size mm) {
  constexpr double kMmPerInch = 25.4;
  return fmt::format("size: {} x {} mm ({:.1f} inches)", mm.width, mm.height,
                     std::hypot(mm.width, mm.height) / kMmPerInch);
}

std::string input_line(const EdidInfo& edid) {
  std::string text = edid.digital ? "input: digital" : "input: analogue";
  if (edid.bits_per_channel > 0) text += fmt::format(", {} bits a channel", edid.bits_per_channel);
  return text;
}

std::string hdr_line(const HdrStaticMetadata& hdr) {
  std::vector<std::string> parts;
  if (hdr.traditional_sdr) parts.emplace_back("SDR");
  if (hdr.traditional_hdr) parts.emplace_back("traditional HDR");
  if (hdr.pq) parts.emplace_back("PQ");
  if (hdr.hlg) parts.emplace_back("HLG");
  if (hdr.max_luminance > 0) parts.push_back(fmt::format("up to {:.0f} cd/m2", hdr.max_luminance));
  if (hdr.max_frame_average_luminance > 0)
    parts.push_back(fmt::format("{:.0f} cd/m2 over a frame", hdr.max_frame_average_luminance));
  if (hdr.min_luminance > 0)
    parts.push_back(fmt::format("black at {:.2g} cd/m2", hdr.min_luminance));
  return fmt::format("HDR: {}", fmt::join(parts, ", "));
}

void add_identity(std::vector<std::string>& lines, const EdidInfo& edid) {
  lines.push_back("monitor: " + monitor_name(edid));
  lines.push_back(
      fmt::format("product: {} {:#06x}", printable(edid.manufacturer), edid.product_code));
  if (!edid.serial.empty()) lines.push_back("serial: " + printable(edid.serial));
  if (edid.year != 0) lines.push_back(date_line(edid));
}

void add_picture(std::vector<std::string>& lines, const EdidInfo& edid) {
  if (!edid.size_mm.empty()) lines.push_back(size_line(edid.size_mm));
  lines.push_back(input_line(edid));
  if (edid.gamma) lines.push_back(fmt::format("gamma: {:.2f}", *edid.gamma));
  if (edid.primaries) lines.push_back("primaries: " + primaries_text(*edid.primaries));
  if (edid.hdr) lines.push_back(hdr_line(*edid.hdr));
  if (edid.vertical_range)
    lines.push_back(fmt::format("refresh: {} to {} Hz", edid.vertical_range->least,
                                edid.vertical_range->greatest));
}

}  // namespace

std::vector<std::string> edid_details(const EdidInfo& edid) {
  std::vector<std::string> lines;
  add_identity(lines, edid);
  add_picture(lines, edid);
  lines.push_back(fmt::format("EDID: {}.{}", edid.version, edid.revision));
  if (!edid.extensions.empty())
    lines.push_back(fmt::format("extensions: {}", fmt::join(edid.extensions, ", ")));
  for (const std::string& complaint : edid.complaints)
    lines.push_back("complaint: " + printable(complaint));
  return lines;
}

}  // namespace drmshow
