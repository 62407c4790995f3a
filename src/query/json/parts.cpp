#include "query/json/parts.hpp"

#include <drm_mode.h>
#include <fmt/format.h>

#include "query/names.hpp"

namespace drmshow {

std::string hex64(std::uint64_t value) {
  return fmt::format("{:#018x}", value);
}

std::string hex_bytes(std::span<const std::byte> bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::byte byte : bytes) {
    text += digits[std::to_integer<unsigned>(byte) >> 4];
    text += digits[std::to_integer<unsigned>(byte) & 0xf];
  }
  return text;
}

void write_formats(JsonWriter& json, std::span<const Format> formats) {
  json.array(formats, [&](Format format) { json.put(format.fourcc()); });
}

void add_formats(JsonWriter& json, std::span<const Format> formats) {
  json.add("formats", [&] { write_formats(json, formats); });
  json.add("format_names",
           [&] { json.array(formats, [&](Format format) { json.put(to_string(format)); }); });
}

void write_json(JsonWriter& json, const FramebufferInfo& fb) {
  json.object([&] {
    json.add("id", fb.id.raw()).add("width", fb.size.width).add("height", fb.size.height);
    json.add("format", fb.format ? std::optional{fb.format->fourcc()} : std::nullopt);
    json.add("format_name", fb.format ? std::optional{to_string(*fb.format)} : std::nullopt);
    if (fb.modifier) {
      json.add("modifier", fb.modifier->value())
          .add("modifier_hex", hex64(fb.modifier->value()))
          .add("modifier_name", modifier_name(*fb.modifier));
    }
    if (!fb.format) json.add("depth", fb.depth).add("bpp", fb.bpp);
    json.add_array("planes", fb.planes, [&](const auto& plane) {
      json.object([&] { json.add("offset", plane.offset).add("pitch", plane.pitch); });
    });
  });
}

void write_json(JsonWriter& json, const drm_mode_modeinfo& mode) {
  json.object([&] {
    json.add("clock", mode.clock)
        .add("hdisplay", mode.hdisplay)
        .add("hsync_start", mode.hsync_start)
        .add("hsync_end", mode.hsync_end)
        .add("htotal", mode.htotal)
        .add("hskew", mode.hskew)
        .add("vdisplay", mode.vdisplay)
        .add("vsync_start", mode.vsync_start)
        .add("vsync_end", mode.vsync_end)
        .add("vtotal", mode.vtotal)
        .add("vscan", mode.vscan)
        .add("vrefresh", mode.vrefresh)
        .add("flags", mode.flags)
        .add("type", mode.type)
        .add("name", Mode{mode}.name())
        .add("refresh", static_cast<double>(Mode{mode}.refresh().centihertz()) / 100)
        .add("interlaced", Mode{mode}.interlaced())
        .add("preferred", Mode{mode}.preferred());
  });
}

}  // namespace drmshow
