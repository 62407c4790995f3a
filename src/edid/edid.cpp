#include "edid/edid.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>
extern "C" {
#include <libdisplay-info/edid.h>
#include <libdisplay-info/info.h>
}

#include "base/printable.hpp"
#include "edid/blocks.hpp"

namespace drmshow {
namespace {

struct DestroyInfo {
  void operator()(di_info* info) const noexcept { di_info_destroy(info); }
};
using InfoPtr = std::unique_ptr<di_info, DestroyInfo>;

struct FreeChars {
  void operator()(char* text) const noexcept { std::free(text); }
};
using CString = std::unique_ptr<char, FreeChars>;

/// libdisplay-info up to 0.3 (_di_displayid_parse) believes the length of a data block that does
/// not fit: up to 258 bytes from the last one of a section, which is up to 256 beyond the EDID's
/// end, it looks for zeros as padding. So there are some.
InfoPtr parse(std::vector<std::byte> bytes) {
  constexpr std::size_t kReadBeyond = 256;
  const std::size_t size = bytes.size();
  bytes.resize(size + kReadBeyond);
  return InfoPtr{di_info_parse_edid(bytes.data(), size)};
}

/// Parses what can be parsed: the library refuses the whole EDID for one extension block.
InfoPtr parse_what_is_good(MendedEdid& edid) {
  InfoPtr info = parse(edid.bytes);
  if (info || edid.bytes.size() == edid_block_size) return info;
  info = parse(base_block_only(edid.bytes));
  if (info) edid.complaints.push_back("The extension blocks could not be read.");
  return info;
}

std::string trimmed(std::string_view text) {
  const auto end = text.find_last_not_of(' ');
  const auto begin = text.find_first_not_of(' ');
  return end == text.npos ? std::string{} : printable(text.substr(begin, end + 1 - begin));
}

/// The first text of that kind which says something.
std::string descriptor_text(const di_edid* edid, di_edid_display_descriptor_tag tag) {
  for (auto* const* at = di_edid_get_display_descriptors(edid); *at; ++at) {
    if (di_edid_display_descriptor_get_tag(*at) != tag) continue;
    const char* text = di_edid_display_descriptor_get_string(*at);
    if (std::string found = trimmed(text ? text : ""); !found.empty()) return found;
  }
  return {};
}

std::optional<RefreshRange> vertical_range(const di_edid* edid) {
  for (auto* const* at = di_edid_get_display_descriptors(edid); *at; ++at)
    if (const auto* limits = di_edid_display_descriptor_get_range_limits(*at))
      return RefreshRange{limits->min_vert_rate_hz, limits->max_vert_rate_hz};
  return std::nullopt;
}

/// The base block counts centimetres, the preferred timing millimetres. Where the two contradict
/// each other it is the timing that tends to be copied from another panel.
Size size_mm(const di_edid* edid) {
  const di_edid_screen_size* screen = di_edid_get_screen_size(edid);
  const Size coarse{screen->width_cm * 10, screen->height_cm * 10};
  const di_edid_detailed_timing_def* timing = *di_edid_get_detailed_timing_defs(edid);
  if (!timing) return coarse;
  const Size fine{timing->horiz_image_mm, timing->vert_image_mm};
  const bool agree =
      std::abs(fine.width - coarse.width) < 10 && std::abs(fine.height - coarse.height) < 10;
  return agree ? fine : coarse;
}

void read_product(EdidInfo& out, const di_info* info) {
  const di_edid* edid = di_info_get_edid(info);
  const di_edid_vendor_product* product = di_edid_get_vendor_product(edid);
  out.manufacturer = printable({product->manufacturer, sizeof product->manufacturer});
  const CString make{di_info_get_make(info)};
  // Unknown companies come as "PNP(XYZ)".
  out.make = !make || std::string_view{make.get()}.starts_with("PNP(") ? out.manufacturer
                                                                       : printable(make.get());
  out.product_code = product->product;
  out.model = descriptor_text(edid, DI_EDID_DISPLAY_DESCRIPTOR_PRODUCT_NAME);
  out.serial = descriptor_text(edid, DI_EDID_DISPLAY_DESCRIPTOR_PRODUCT_SERIAL);
  if (out.serial.empty() && product->serial != 0)
    out.serial = fmt::format("{:#010x}", product->serial);
  out.is_model_year = product->model_year != 0;
  out.year = out.is_model_year ? product->model_year : product->manufacture_year;
  out.week = product->manufacture_week;
}

void read_input(EdidInfo& out, const di_edid* edid) {
  out.version = di_edid_get_version(edid);
  out.revision = di_edid_get_revision(edid);
  const di_edid_video_input_digital* digital = di_edid_get_video_input_digital(edid);
  out.digital = digital != nullptr;
  out.bits_per_channel = digital ? digital->color_bit_depth : 0;
  out.size_mm = size_mm(edid);
  out.vertical_range = vertical_range(edid);
}

Chromaticity point(const di_chromaticity_cie1931& raw) {
  return {raw.x, raw.y};
}

void read_colour(EdidInfo& out, const di_info* info) {
  if (const float gamma = di_info_get_default_gamma(info); gamma > 0) out.gamma = gamma;
  const di_color_primaries* raw = di_info_get_default_color_primaries(info);
  if (raw->has_primaries)
    out.primaries = ColourPrimaries{point(raw->primary[0]), point(raw->primary[1]),
                                    point(raw->primary[2]), point(raw->default_white)};
  const di_hdr_static_metadata* hdr = di_info_get_hdr_static_metadata(info);
  // Without a data block the library says SDR and nothing else, which is no news.
  if (!hdr->traditional_hdr && !hdr->pq && !hdr->hlg && hdr->desired_content_max_luminance == 0 &&
      hdr->desired_content_max_frame_avg_luminance == 0)
    return;
  out.hdr = HdrStaticMetadata{hdr->desired_content_max_luminance,
                              hdr->desired_content_max_frame_avg_luminance,
                              hdr->desired_content_min_luminance,
                              hdr->traditional_sdr,
                              hdr->traditional_hdr,
                              hdr->pq,
                              hdr->hlg};
}

/// The library's text has headings ("Block 0, Base EDID:") and complaints indented below them.
void add_complaints(std::vector<std::string>& complaints, std::string_view text) {
  std::string heading;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.starts_with(' '))
      complaints.push_back(heading + trimmed(line));
    else if (!line.empty())
      heading = printable(line) + " ";
  }
}

std::string refusal(const std::vector<std::byte>& bytes) {
  const auto version = std::to_integer<int>(bytes[0x12]);
  return version != 1 ? fmt::format("version {} of EDID is not known", version)
                      : "libdisplay-info cannot read it";
}

}  // namespace

std::optional<EdidInfo> parse_edid(std::span<const std::byte> bytes, std::string* why) {
  std::string ignored;
  std::string& reason = why ? *why : ignored;
  std::optional<MendedEdid> edid = mend_edid(bytes, reason);
  if (!edid) return std::nullopt;
  const InfoPtr info = parse_what_is_good(*edid);
  if (!info) {
    reason = refusal(edid->bytes);
    return std::nullopt;
  }
  EdidInfo out;
  read_product(out, info.get());
  read_input(out, di_info_get_edid(info.get()));
  read_colour(out, info.get());
  out.extensions = extension_names(edid->bytes);
  out.complaints = std::move(edid->complaints);
  if (const char* text = di_info_get_failure_msg(info.get())) add_complaints(out.complaints, text);
  return out;
}

}  // namespace drmshow
