// The "data" of properties: what blobs and ids mean, as JSON.
#include <cmath>
#include <variant>

#include "query/json/parts.hpp"
#include "query/names.hpp"

namespace drmshow {
namespace {

// A float has more digits than its source had: coordinates have 10 bits, luminances 8.
double rounded(float value) {
  return std::round(static_cast<double>(value) * 10000) / 10000;
}

}  // namespace

void write_json(JsonWriter& json, const Size& size) {
  json.object([&] { json.add("width", size.width).add("height", size.height); });
}

void write_json(JsonWriter& json, const Point& point) {
  json.object([&] { json.add("x", point.x).add("y", point.y); });
}

void write_json(JsonWriter& json, const Chromaticity& point) {
  json.object([&] { json.add("x", rounded(point.x)).add("y", rounded(point.y)); });
}

void write_json(JsonWriter& json, const ColourPrimaries& primaries) {
  json.object([&] {
    json.add("red", primaries.red)
        .add("green", primaries.green)
        .add("blue", primaries.blue)
        .add("white", primaries.white);
  });
}

void write_json(JsonWriter& json, const HdrStaticMetadata& hdr) {
  json.object([&] {
    json.add("max_luminance", rounded(hdr.max_luminance))
        .add("max_frame_average_luminance", hdr.max_frame_average_luminance)
        .add("min_luminance", hdr.min_luminance)
        .add("traditional_sdr", hdr.traditional_sdr)
        .add("traditional_hdr", hdr.traditional_hdr)
        .add("pq", hdr.pq)
        .add("hlg", hdr.hlg);
  });
}

void write_json(JsonWriter& json, const RefreshRange& range) {
  json.object([&] { json.add("least", range.least).add("greatest", range.greatest); });
}

void write_json(JsonWriter& json, const EdidInfo& edid) {
  json.object([&] {
    json.add("monitor", monitor_name(edid))
        .add("make", edid.make)
        .add("manufacturer", edid.manufacturer)
        .add("product_code", edid.product_code)
        .add("model", edid.model)
        .add("serial", edid.serial)
        .add("year", edid.year)
        .add("is_model_year", edid.is_model_year)
        .add("week", edid.week)
        .add("version", edid.version)
        .add("revision", edid.revision)
        .add("digital", edid.digital)
        .add("bits_per_channel", edid.bits_per_channel)
        .add("size_mm", edid.size_mm)
        .add("gamma", edid.gamma ? std::optional{rounded(*edid.gamma)} : std::nullopt)
        .add("primaries", edid.primaries)
        .add("hdr", edid.hdr)
        .add("vertical_range", edid.vertical_range)
        .add_array("extensions", edid.extensions)
        .add_array("complaints", edid.complaints);
  });
}

void write_json(JsonWriter& json, const FormatTable& table) {
  json.array(table.rows, [&](const FormatTable::Row& row) {
    json.object([&] {
      json.add("modifier", row.modifier.value())
          .add("modifier_hex", hex64(row.modifier.value()))
          .add("modifier_name", modifier_name(row.modifier));
      add_formats(json, row.formats);
    });
  });
}

void write_json(JsonWriter& json, const FormatList& list) {
  write_formats(json, list.formats);
}

void write_json(JsonWriter& json, const ColourMatrix& matrix) {
  json.array(matrix.values);
}

void write_json(JsonWriter& json, const LutSummary& lut) {
  json.object([&] {
    json.add("entries", lut.entries)
        .add_array("first", lut.first)
        .add_array("last", lut.last)
        .add("linear", lut.linear)
        .add("monotonic", lut.monotonic);
  });
}

void write_json(JsonWriter& json, const HdrOutputMetadata& hdr) {
  json.object([&] {
    json.add("eotf", hdr.eotf)
        .add("primaries", hdr.primaries)
        .add("max_luminance", hdr.max_luminance)
        .add("min_luminance", hdr.min_luminance)
        .add("max_content_light_level", hdr.max_content_light_level)
        .add("max_frame_average_light_level", hdr.max_frame_average_light_level);
  });
}

void write_json(JsonWriter& json, const TileInfo& tile) {
  json.object([&] {
    json.add("group", tile.group)
        .add("single_monitor", tile.single_monitor)
        .add("tiles", tile.tiles)
        .add("location", tile.location)
        .add("size", tile.size);
  });
}

void write_json(JsonWriter& json, const SizeHints& hints) {
  json.array(hints.sizes);
}

void write_json(JsonWriter& json, const ColourPipeline& pipeline) {
  json.array(pipeline.colorops);
}

namespace {

// One overload for each alternative of Decoded that is not simply written.
struct WriteDecoded {
  JsonWriter& json;
  const Snapshot& snapshot;

  template <class Other>
  void operator()(const Other& other) const {
    write_json(json, other);
  }
  void operator()(std::monostate) const { json.put(nullptr); }
  void operator()(const BadBlob&) const { json.put(nullptr); }
  // drm_info's: the whole pixels. "text" has the fraction.
  void operator()(Fixed16_16 fixed) const { json.put(fixed.whole()); }
  void operator()(const Mode& mode) const { write_json(json, mode.raw()); }
  void operator()(const BlobText& blob) const { json.put(blob.text); }

  // drm_info's: a framebuffer with all that is known about it. Other objects have their own place.
  void operator()(const ObjectReference& object) const {
    const bool is_fb = object.kind == ObjectKind::framebuffer;
    const FramebufferInfo* fb = is_fb ? snapshot.find(FramebufferId{object.id}) : nullptr;
    fb ? write_json(json, *fb) : json.put(nullptr);
  }
};

}  // namespace

void write_data(JsonWriter& json, const Snapshot& snapshot, const Property& property) {
  std::visit(WriteDecoded{json, snapshot}, decode(snapshot, property));
}

}  // namespace drmshow
