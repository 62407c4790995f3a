// The "data" of properties: what blobs and ids mean, as JSON.
#include <cmath>
#include <variant>

#include <nlohmann/json.hpp>

#include "query/json/parts.hpp"
#include "query/names.hpp"

namespace drmshow {
namespace {

Json size_json(Size size) {
  return {{"width", size.width}, {"height", size.height}};
}

// A float has more digits than its source had: coordinates have 10 bits, luminances 8.
double rounded(float value) {
  return std::round(static_cast<double>(value) * 10000) / 10000;
}

Json point_json(const Chromaticity& point) {
  return {{"x", rounded(point.x)}, {"y", rounded(point.y)}};
}

Json primaries_json(const ColourPrimaries& primaries) {
  return {{"red", point_json(primaries.red)},
          {"green", point_json(primaries.green)},
          {"blue", point_json(primaries.blue)},
          {"white", point_json(primaries.white)}};
}

Json hdr_json(const HdrStaticMetadata& hdr) {
  return {{"max_luminance", rounded(hdr.max_luminance)},
          {"max_frame_average_luminance", hdr.max_frame_average_luminance},
          {"min_luminance", hdr.min_luminance},
          {"traditional_sdr", hdr.traditional_sdr},
          {"traditional_hdr", hdr.traditional_hdr},
          {"pq", hdr.pq},
          {"hlg", hdr.hlg}};
}

Json texts_json(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push_back(json_text(text));
  return array;
}

// One overload for each alternative of Decoded.
struct ToJson {
  const Snapshot& snapshot;

  Json operator()(std::monostate) const { return {}; }
  // drm_info's: the whole pixels. "text" has the fraction.
  Json operator()(Fixed16_16 fixed) const { return fixed.whole(); }
  Json operator()(const Mode& mode) const { return to_json(mode.raw()); }

  Json operator()(const EdidInfo& edid) const {
    Json json{{"monitor", json_text(monitor_name(edid))},
              {"make", json_text(edid.make)},
              {"manufacturer", json_text(edid.manufacturer)},
              {"product_code", edid.product_code},
              {"model", json_text(edid.model)},
              {"serial", json_text(edid.serial)},
              {"year", edid.year},
              {"is_model_year", edid.is_model_year},
              {"week", edid.week},
              {"version", edid.version},
              {"revision", edid.revision},
              {"digital", edid.digital},
              {"bits_per_channel", edid.bits_per_channel},
              {"size_mm", size_json(edid.size_mm)}};
    json["gamma"] = edid.gamma ? Json(rounded(*edid.gamma)) : Json();
    json["primaries"] = edid.primaries ? primaries_json(*edid.primaries) : Json();
    json["hdr"] = edid.hdr ? hdr_json(*edid.hdr) : Json();
    json["vertical_range"] = edid.vertical_range ? Json{{"least", edid.vertical_range->least},
                                                        {"greatest", edid.vertical_range->greatest}}
                                                 : Json();
    json["extensions"] = texts_json(edid.extensions);
    json["complaints"] = texts_json(edid.complaints);
    return json;
  }

  Json operator()(const FormatTable& table) const {
    Json array = Json::array();
    for (const FormatTable::Row& row : table.rows) {
      array.push_back({{"modifier", row.modifier.value()},
                       {"modifier_hex", hex64(row.modifier.value())},
                       {"modifier_name", modifier_name(row.modifier)},
                       {"formats", json_formats(row.formats)},
                       {"format_names", json_format_names(row.formats)}});
    }
    return array;
  }

  Json operator()(const FormatList& list) const { return json_formats(list.formats); }
  Json operator()(const ColourMatrix& matrix) const { return matrix.values; }

  Json operator()(const LutSummary& lut) const {
    return {{"entries", lut.entries},
            {"first", lut.first},
            {"last", lut.last},
            {"linear", lut.linear},
            {"monotonic", lut.monotonic}};
  }

  Json operator()(const HdrOutputMetadata& hdr) const {
    return {{"eotf", hdr.eotf},
            {"primaries", primaries_json(hdr.primaries)},
            {"max_luminance", hdr.max_luminance},
            {"min_luminance", hdr.min_luminance},
            {"max_content_light_level", hdr.max_content_light_level},
            {"max_frame_average_light_level", hdr.max_frame_average_light_level}};
  }

  Json operator()(const TileInfo& tile) const {
    return {{"group", tile.group},
            {"single_monitor", tile.single_monitor},
            {"tiles", size_json(tile.tiles)},
            {"location", {{"x", tile.location.x}, {"y", tile.location.y}}},
            {"size", size_json(tile.size)}};
  }

  Json operator()(const SizeHints& hints) const {
    Json array = Json::array();
    for (const Size size : hints.sizes) array.push_back(size_json(size));
    return array;
  }

  Json operator()(const ColourPipeline& pipeline) const { return pipeline.colorops; }

  // drm_info's: a framebuffer with all that is known about it. Other objects have their own place.
  Json operator()(const ObjectReference& object) const {
    if (object.kind != ObjectKind::framebuffer) return {};
    const FramebufferInfo* fb = snapshot.find(FramebufferId{object.id});
    return fb ? json_framebuffer(*fb) : Json();
  }

  Json operator()(const BlobText& blob) const { return json_text(blob.text); }
  Json operator()(const BadBlob&) const { return {}; }
};

}  // namespace

Json json_data(const Snapshot& snapshot, const Property& property) {
  return std::visit(ToJson{snapshot}, decode(snapshot, property));
}

}  // namespace drmshow
