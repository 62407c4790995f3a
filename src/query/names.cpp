#include "query/names.hpp"

#include <algorithm>
#include <span>

#include <drm_mode.h>
#include <fmt/format.h>

namespace drmshow {
namespace {

struct Named {
  std::uint32_t value;
  std::string_view name;
};

// drm_connector.c, drm_connector_enum_list: what the names of connectors begin with.
constexpr Named connector_types[] = {
    {DRM_MODE_CONNECTOR_Unknown, "Unknown"},
    {DRM_MODE_CONNECTOR_VGA, "VGA"},
    {DRM_MODE_CONNECTOR_DVII, "DVI-I"},
    {DRM_MODE_CONNECTOR_DVID, "DVI-D"},
    {DRM_MODE_CONNECTOR_DVIA, "DVI-A"},
    {DRM_MODE_CONNECTOR_Composite, "Composite"},
    {DRM_MODE_CONNECTOR_SVIDEO, "SVIDEO"},
    {DRM_MODE_CONNECTOR_LVDS, "LVDS"},
    {DRM_MODE_CONNECTOR_Component, "Component"},
    {DRM_MODE_CONNECTOR_9PinDIN, "DIN"},
    {DRM_MODE_CONNECTOR_DisplayPort, "DP"},
    {DRM_MODE_CONNECTOR_HDMIA, "HDMI-A"},
    {DRM_MODE_CONNECTOR_HDMIB, "HDMI-B"},
    {DRM_MODE_CONNECTOR_TV, "TV"},
    {DRM_MODE_CONNECTOR_eDP, "eDP"},
    {DRM_MODE_CONNECTOR_VIRTUAL, "Virtual"},
    {DRM_MODE_CONNECTOR_DSI, "DSI"},
    {DRM_MODE_CONNECTOR_DPI, "DPI"},
    {DRM_MODE_CONNECTOR_WRITEBACK, "Writeback"},
    {DRM_MODE_CONNECTOR_SPI, "SPI"},
    {DRM_MODE_CONNECTOR_USB, "USB"},
};

// drm_encoder.c, drm_encoder_enum_list.
constexpr Named encoder_types[] = {
    {DRM_MODE_ENCODER_NONE, "None"}, {DRM_MODE_ENCODER_DAC, "DAC"},
    {DRM_MODE_ENCODER_TMDS, "TMDS"}, {DRM_MODE_ENCODER_LVDS, "LVDS"},
    {DRM_MODE_ENCODER_TVDAC, "TV"},  {DRM_MODE_ENCODER_VIRTUAL, "Virtual"},
    {DRM_MODE_ENCODER_DSI, "DSI"},   {DRM_MODE_ENCODER_DPMST, "DP MST"},
    {DRM_MODE_ENCODER_DPI, "DPI"},
};

constexpr Named mode_types[] = {
    {DRM_MODE_TYPE_PREFERRED, "preferred"}, {DRM_MODE_TYPE_DRIVER, "driver"},
    {DRM_MODE_TYPE_USERDEF, "userdef"},     {DRM_MODE_TYPE_DEFAULT, "default"},
    {DRM_MODE_TYPE_BUILTIN, "builtin"},
};

constexpr Named mode_flags[] = {
    {DRM_MODE_FLAG_INTERLACE, "interlaced"}, {DRM_MODE_FLAG_DBLSCAN, "doublescan"},
    {DRM_MODE_FLAG_PHSYNC, "+hsync"},        {DRM_MODE_FLAG_NHSYNC, "-hsync"},
    {DRM_MODE_FLAG_PVSYNC, "+vsync"},        {DRM_MODE_FLAG_NVSYNC, "-vsync"},
    {DRM_MODE_FLAG_CSYNC, "csync"},          {DRM_MODE_FLAG_PCSYNC, "+csync"},
    {DRM_MODE_FLAG_NCSYNC, "-csync"},        {DRM_MODE_FLAG_HSKEW, "hskew"},
    {DRM_MODE_FLAG_BCAST, "bcast"},          {DRM_MODE_FLAG_PIXMUX, "pixmux"},
    {DRM_MODE_FLAG_DBLCLK, "doubleclock"},   {DRM_MODE_FLAG_CLKDIV2, "clkdiv2"},
};

constexpr Named aspects[] = {
    {DRM_MODE_FLAG_PIC_AR_NONE, ""},           {DRM_MODE_FLAG_PIC_AR_4_3, "4:3"},
    {DRM_MODE_FLAG_PIC_AR_16_9, "16:9"},       {DRM_MODE_FLAG_PIC_AR_64_27, "64:27"},
    {DRM_MODE_FLAG_PIC_AR_256_135, "256:135"},
};

constexpr Named stereo_layouts[] = {
    {DRM_MODE_FLAG_3D_NONE, ""},
    {DRM_MODE_FLAG_3D_FRAME_PACKING, "frame-packing"},
    {DRM_MODE_FLAG_3D_FIELD_ALTERNATIVE, "field-alternative"},
    {DRM_MODE_FLAG_3D_LINE_ALTERNATIVE, "line-alternative"},
    {DRM_MODE_FLAG_3D_SIDE_BY_SIDE_FULL, "side-by-side-full"},
    {DRM_MODE_FLAG_3D_L_DEPTH, "left-depth"},
    {DRM_MODE_FLAG_3D_L_DEPTH_GFX_GFX_DEPTH, "left-depth-graphics-depth"},
    {DRM_MODE_FLAG_3D_TOP_AND_BOTTOM, "top-and-bottom"},
    {DRM_MODE_FLAG_3D_SIDE_BY_SIDE_HALF, "side-by-side-half"},
};

std::string name_of(std::span<const Named> table, std::uint32_t value, std::string_view prefix,
                    std::uint32_t number) {
  const auto found = std::ranges::find(table, value, &Named::value);
  return found == table.end() ? fmt::format("{}-{}", prefix, number) : std::string{found->name};
}

std::vector<std::string> bit_words(std::span<const Named> table, std::uint32_t bits,
                                   std::string_view prefix) {
  std::vector<std::string> words;
  for (const Named& bit : table) {
    if ((bits & bit.value) == 0) continue;
    words.emplace_back(bit.name);
    bits &= ~bit.value;
  }
  if (bits != 0) words.push_back(fmt::format("{}-{:#x}", prefix, bits));
  return words;
}

}  // namespace

std::string connector_type_name(std::uint32_t type) {
  return name_of(connector_types, type, "type", type);
}

std::string encoder_type_name(std::uint32_t type) {
  return name_of(encoder_types, type, "type", type);
}

std::string_view subpixel_word(Subpixel subpixel) {
  switch (subpixel) {
    case Subpixel::horizontal_rgb:
      return "horizontal RGB";
    case Subpixel::horizontal_bgr:
      return "horizontal BGR";
    case Subpixel::vertical_rgb:
      return "vertical RGB";
    case Subpixel::vertical_bgr:
      return "vertical BGR";
    case Subpixel::none:
      return "none";
    case Subpixel::unknown:
      break;
  }
  return "unknown";
}

std::string_view plane_type_word(PlaneType type) {
  switch (type) {
    case PlaneType::primary:
      return "primary";
    case PlaneType::cursor:
      return "cursor";
    case PlaneType::overlay:
      break;
  }
  return "overlay";
}

std::string_view property_kind_word(PropertyKind kind) {
  switch (kind) {
    case PropertyKind::range:
      return "range";
    case PropertyKind::signed_range:
      return "signed range";
    case PropertyKind::enumeration:
      return "enum";
    case PropertyKind::bitmask:
      return "bitmask";
    case PropertyKind::blob:
      return "blob";
    case PropertyKind::object:
      return "object";
    case PropertyKind::unknown:
      break;
  }
  return "unknown";
}

std::vector<std::string> mode_type_words(const drm_mode_modeinfo& mode) {
  return bit_words(mode_types, mode.type, "type");
}

std::vector<std::string> mode_flag_words(const drm_mode_modeinfo& mode) {
  constexpr std::uint32_t elsewhere = DRM_MODE_FLAG_3D_MASK | DRM_MODE_FLAG_PIC_AR_MASK;
  return bit_words(mode_flags, mode.flags & ~elsewhere, "flag");
}

std::string picture_aspect_word(const drm_mode_modeinfo& mode) {
  const std::uint32_t bits = mode.flags & DRM_MODE_FLAG_PIC_AR_MASK;
  return name_of(aspects, bits, "aspect", bits / DRM_MODE_FLAG_PIC_AR_4_3);
}

std::string stereo_layout_word(const drm_mode_modeinfo& mode) {
  const std::uint32_t bits = mode.flags & DRM_MODE_FLAG_3D_MASK;
  return name_of(stereo_layouts, bits, "stereo", bits / DRM_MODE_FLAG_3D_FRAME_PACKING);
}

std::string format_name(Format format) {
  const std::string text = to_string(format);
  return text.starts_with('(') ? text : text.substr(0, text.find(' '));
}

}  // namespace drmshow
