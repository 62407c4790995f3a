#include "query/views/mode_text.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "query/names.hpp"

namespace drmshow {
namespace {

std::string size_text(const Mode& mode) {
  return fmt::format("{}x{}{}", mode.size().width, mode.size().height,
                     mode.interlaced() ? "i" : "");
}

// "1920x1080" says nothing new; "PAL" does.
bool has_name_of_its_own(const Mode& mode) {
  const Size size = mode.size();
  return !size.empty() && !mode.name().empty() &&
         !mode.name().starts_with(fmt::format("{}x{}", size.width, size.height));
}

}  // namespace

std::string mode_text(const TextStyle& style, const Mode& mode) {
  if (mode.size().empty()) {
    const std::string name = printable(style, mode.name());
    return name.empty() ? "mode without a size" : name;
  }
  return mode.refresh() > Refresh{} ? to_string(mode) : size_text(mode);
}

std::string mode_remarks(const TextStyle& style, const Mode& mode,
                         const std::optional<Mode>& current) {
  std::vector<std::string> remarks;
  if (mode.preferred()) remarks.emplace_back("preferred");
  if (current && same_timings(mode, *current)) {
    remarks.push_back(paint(style, Role::connected, "current"));
  }
  for (std::string& word : mode_type_words(mode.raw())) {
    // Nearly all are "driver": those from the EDID as well.
    if (word != "preferred" && word != "driver") remarks.push_back(std::move(word));
  }
  for (std::string& word : mode_flag_words(mode.raw())) remarks.push_back(std::move(word));
  for (std::string word : {picture_aspect_word(mode.raw()), stereo_layout_word(mode.raw())}) {
    if (!word.empty()) remarks.push_back(std::move(word));
  }
  if (mode.refresh() == Refresh{}) remarks.emplace_back("rate not known");
  if (has_name_of_its_own(mode)) {
    remarks.push_back(fmt::format("named \"{}\"", printable(style, mode.name())));
  }
  return join(remarks);
}

std::string timings_text(const Mode& mode) {
  const drm_mode_modeinfo& raw = mode.raw();
  std::string text =
      fmt::format("{}.{:03} MHz, horizontal {} {} {} {}, vertical {} {} {} {}", raw.clock / 1000,
                  raw.clock % 1000, raw.hdisplay, raw.hsync_start, raw.hsync_end, raw.htotal,
                  raw.vdisplay, raw.vsync_start, raw.vsync_end, raw.vtotal);
  if (raw.hskew != 0) text += fmt::format(", hskew {}", raw.hskew);
  if (raw.vscan > 1) text += fmt::format(", each line {} times", raw.vscan);
  return text;
}

std::string inches_text(const TextStyle& style, Size mm) {
  if (mm.empty()) return {};
  return fmt::format("{:.1f}{}", std::hypot(mm.width, mm.height) / 25.4,
                     style.unicode ? "″" : " in");
}

}  // namespace drmshow
