#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string_view>

#include <drm_mode.h>
#include <fmt/format.h>

#include "base/load.hpp"
#include "drm/new_kernel.hpp"
#include "query/values/decode_parts.hpp"
#include "query/values/decoded.hpp"

namespace drmshow {
namespace {

Decoded decode_mode(BlobBytes bytes) {
  if (bytes.size() != sizeof(drm_mode_modeinfo))
    return BadBlob{fmt::format("a mode is {} bytes", sizeof(drm_mode_modeinfo))};
  return Mode{load<drm_mode_modeinfo>(bytes)};
}

Decoded decode_edid(BlobBytes bytes) {
  std::string why;
  if (auto edid = parse_edid(bytes, &why)) return *std::move(edid);
  return BadBlob{why};
}

Decoded decode_format_table(BlobBytes bytes) {
  FormatTable table = parse_format_table(bytes);
  if (table.formats.empty() && !table.problem.empty()) return BadBlob{table.problem};
  return table;
}

Decoded decode_format_list(BlobBytes bytes) {
  if (bytes.size() % sizeof(std::uint32_t) != 0) return BadBlob{"a format is 4 bytes"};
  FormatList list;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint32_t))
    list.formats.emplace_back(load<std::uint32_t>(bytes, at));
  return list;
}

Decoded decode_size_hints(BlobBytes bytes) {
  if (bytes.size() % sizeof(PlaneSizeHint) != 0) return BadBlob{"a size is 4 bytes"};
  SizeHints hints;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(PlaneSizeHint)) {
    const auto hint = load<PlaneSizeHint>(bytes, at);
    hints.sizes.push_back({hint.width, hint.height});
  }
  return hints;
}

struct BlobDecoder {
  std::string_view property;
  Decoded (*decode)(BlobBytes);
};

constexpr BlobDecoder blob_decoders[] = {
    {"MODE_ID", decode_mode},
    {"EDID", decode_edid},
    {"IN_FORMATS", decode_format_table},
    {"IN_FORMATS_ASYNC", decode_format_table},
    {"WRITEBACK_PIXEL_FORMATS", decode_format_list},
    {"CTM", decode_ctm},
    {"DEGAMMA_LUT", decode_lut},
    {"GAMMA_LUT", decode_lut},
    {"HDR_OUTPUT_METADATA", decode_hdr_output},
    {"TILE", decode_tile},
    {"PATH", decode_text},
    {"SIZE_HINTS", decode_size_hints},
};

/// DATA means what the TYPE of its colorop says. Each colorop has a DATA property of its own.
Decoded decode_colorop_data(const Snapshot& snapshot, const Property& property, BlobBytes bytes) {
  for (const Colorop& op : snapshot.colorops()) {
    const Property* data = op.properties.find("DATA");
    if (!data || data->info != property.info || data->value != property.value) continue;
    const auto type = op.properties.value("TYPE");
    if (type == drm_colorop_1d_lut) return decode_lut32(bytes);
    if (type == drm_colorop_ctm_3x4) return decode_ctm_3x4(bytes);
  }
  return {};
}

Decoded decode_blob(const Snapshot& snapshot, const Property& property) {
  if (property.value == 0 || property.value > UINT32_MAX) return {};
  const auto bytes = snapshot.blob(BlobId{static_cast<std::uint32_t>(property.value)});
  if (!bytes) return {};
  if (property.info->name == "DATA") return decode_colorop_data(snapshot, property, *bytes);
  const auto* const found =
      std::ranges::find(blob_decoders, property.info->name, &BlobDecoder::property);
  return found == std::end(blob_decoders) ? Decoded{} : found->decode(*bytes);
}

struct ObjectType {
  std::uint64_t type;  ///< DRM_MODE_OBJECT_*
  ObjectKind kind;
};

constexpr ObjectType object_types[] = {
    {DRM_MODE_OBJECT_CRTC, ObjectKind::crtc},
    {DRM_MODE_OBJECT_CONNECTOR, ObjectKind::connector},
    {DRM_MODE_OBJECT_ENCODER, ObjectKind::encoder},
    {DRM_MODE_OBJECT_PROPERTY, ObjectKind::property},
    {DRM_MODE_OBJECT_FB, ObjectKind::framebuffer},
    {DRM_MODE_OBJECT_BLOB, ObjectKind::blob},
    {DRM_MODE_OBJECT_PLANE, ObjectKind::plane},
    {drm_mode_object_colorop, ObjectKind::colorop},
};

struct ObjectName {
  std::string_view property;
  ObjectKind kind;
};

constexpr ObjectName object_names[] = {
    {"CRTC_ID", ObjectKind::crtc},
    {"FB_ID", ObjectKind::framebuffer},
    {"WRITEBACK_FB_ID", ObjectKind::framebuffer},
    {"NEXT", ObjectKind::colorop},
};

Decoded decode_object(const Property& property) {
  const auto kind = referenced_kind(*property.info);
  if (!kind || property.value > UINT32_MAX) return {};
  return ObjectReference{*kind, static_cast<std::uint32_t>(property.value)};
}

bool is_fixed_point(std::string_view name) {
  constexpr std::string_view names[] = {"SRC_X", "SRC_Y", "SRC_W", "SRC_H"};
  return std::ranges::find(names, name) != std::end(names);
}

/// Each operation once, however the driver linked them.
ColourPipeline decode_pipeline(const Snapshot& snapshot, std::uint64_t first) {
  ColourPipeline pipeline;
  auto& ops = pipeline.colorops;
  for (std::uint64_t id = first; id != 0 && id <= UINT32_MAX;) {
    const auto op_id = static_cast<std::uint32_t>(id);
    if (std::ranges::find(ops, op_id) != ops.end()) break;
    ops.push_back(op_id);
    const Colorop* op = snapshot.find_colorop(op_id);
    id = op ? op->properties.value("NEXT").value_or(0) : 0;
  }
  return pipeline;
}

}  // namespace

std::optional<ObjectKind> referenced_kind(const PropertyInfo& info) {
  if (info.limits.empty()) {
    const auto* const named = std::ranges::find(object_names, info.name, &ObjectName::property);
    if (named != std::end(object_names)) return named->kind;
    return std::nullopt;
  }
  const auto* const typed = std::ranges::find(object_types, info.limits[0], &ObjectType::type);
  if (typed != std::end(object_types)) return typed->kind;
  return std::nullopt;
}

Decoded decode(const Snapshot& snapshot, const Property& property) {
  const PropertyInfo& info = *property.info;
  switch (info.kind) {
    case PropertyKind::blob:
      return decode_blob(snapshot, property);
    case PropertyKind::object:
      return decode_object(property);
    case PropertyKind::enumeration:
      if (info.name == "COLOR_PIPELINE") return decode_pipeline(snapshot, property.value);
      return {};
    case PropertyKind::range:
      if (is_fixed_point(info.name) && property.value <= UINT32_MAX)
        return Fixed16_16::from_raw(static_cast<std::uint32_t>(property.value));
      return {};
    default:
      return {};
  }
}

}  // namespace drmshow
