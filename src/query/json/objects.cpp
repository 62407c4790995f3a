#include <drm_mode.h>

#include "query/json/parts.hpp"
#include "query/names.hpp"
#include "query/values/value.hpp"

namespace drmshow {
namespace {

std::uint32_t type_bits(const PropertyInfo& info) {
  return info.flags & (DRM_MODE_PROP_LEGACY_TYPE | DRM_MODE_PROP_EXTENDED_TYPE);
}

std::int64_t as_signed(std::uint64_t value) {
  return static_cast<std::int64_t>(value);
}

template <class Number>
void write_range(JsonWriter& json, Number least, Number greatest) {
  json.object([&] { json.add("min", least).add("max", greatest); });
}

void write_entries(JsonWriter& json, const PropertyInfo& info) {
  json.array(info.entries, [&](const auto& entry) {
    json.object([&] { json.add("name", entry.name).add("value", entry.value); });
  });
}

// drm_info's "spec": what values there may be.
void write_spec(JsonWriter& json, const PropertyInfo& info) {
  const auto& limits = info.limits;
  if (info.kind == PropertyKind::range && limits.size() >= 2) {
    write_range(json, limits[0], limits[1]);
  } else if (info.kind == PropertyKind::signed_range && limits.size() >= 2) {
    write_range(json, as_signed(limits[0]), as_signed(limits[1]));
  } else if (info.kind == PropertyKind::enumeration || info.kind == PropertyKind::bitmask) {
    write_entries(json, info);
  } else if (info.kind == PropertyKind::object && !limits.empty()) {
    json.put(limits[0]);
  } else {
    json.put(nullptr);
  }
}

void write_value(JsonWriter& json, const Property& property) {
  switch (property.info->kind) {
    case PropertyKind::blob:
    case PropertyKind::unknown:
      return json.put(nullptr);
    case PropertyKind::signed_range:
      return json.put(as_signed(property.value));
    default:
      return json.put(property.value);
  }
}

void add_blob(JsonWriter& json, const Snapshot& snapshot, const Property& property) {
  if (property.info->kind != PropertyKind::blob || property.value == 0) return;
  const auto bytes = snapshot.blob(BlobId{static_cast<std::uint32_t>(property.value)});
  json.add("blob", bytes ? std::optional{hex_bytes(*bytes)} : std::nullopt);
}

void add_properties(JsonWriter& json, const Snapshot& snapshot, const PropertySet& properties) {
  json.add_object("properties", [&] {
    for (const Property& property : properties) {
      json.add(property.info->name, [&] { write_json(json, snapshot, property); });
    }
  });
}

// The kernel's numbers, as drm_info has them (libdrm's drmModeConnection, drmModeSubPixel).
int status_number(Connection connection) {
  switch (connection) {
    case Connection::connected:
      return 1;
    case Connection::disconnected:
      return 2;
    default:
      return 3;
  }
}

int subpixel_number(Subpixel subpixel) {
  return subpixel > Subpixel::none ? 1 : static_cast<int>(subpixel) + 1;
}

template <class Ids>
void add_ids(JsonWriter& json, std::string_view key, const Ids& ids) {
  json.add_array(key, ids, [&](auto id) { json.put(id.raw()); });
}

void write_object(JsonWriter& json, const Snapshot& snapshot, const Connector& connector) {
  const Crtc* crtc = snapshot.current_crtc(connector);
  json.object([&] {
    json.add("id", connector.id.raw())
        .add("name", connector.name)
        .add("type", connector.type)
        .add("type_name", connector_type_name(connector.type))
        .add("status", status_number(connector.connection))
        .add("status_name", status_word(connector.connection))
        .add("phy_width", connector.size_mm.width)
        .add("phy_height", connector.size_mm.height)
        .add("subpixel", subpixel_number(connector.subpixel))
        .add("subpixel_name", subpixel_word(connector.subpixel))
        .add("encoder_id", connector.encoder.raw())
        .add("crtc_id", crtc ? crtc->id.raw() : 0);
    add_ids(json, "encoders", connector.encoders);
    json.add("modes",
             [&] { json.array(connector.modes, [&](const Mode& mode) { json.put(mode.raw()); }); });
    add_properties(json, snapshot, connector.properties);
  });
}

void write_object(JsonWriter& json, const Snapshot&, const Encoder& encoder) {
  json.object([&] {
    json.add("id", encoder.id.raw())
        .add("type", encoder.type)
        .add("type_name", encoder_type_name(encoder.type))
        .add("crtc_id", encoder.crtc.raw())
        .add("possible_crtcs", encoder.possible_crtcs.bits)
        .add("possible_clones", encoder.possible_clones);
  });
}

void write_object(JsonWriter& json, const Snapshot& snapshot, const Crtc& crtc) {
  json.object([&] {
    json.add("id", crtc.id.raw())
        .add("index", crtc.index.value())
        .add("fb_id", crtc.fb.raw())
        .add("x", crtc.fb_offset.x)
        .add("y", crtc.fb_offset.y)
        .add("mode", crtc.mode ? std::optional{crtc.mode->raw()} : std::nullopt)
        .add("gamma_size", crtc.gamma_size);
    add_properties(json, snapshot, crtc.properties);
  });
}

std::int64_t signed_value(const PropertySet& properties, const char* name) {
  return as_signed(properties.value(name).value_or(0));
}

// Where the plane is: from its properties, since GETPLANE does not tell on any driver of today.
void write_object(JsonWriter& json, const Snapshot& snapshot, const Plane& plane) {
  const FramebufferInfo* fb = snapshot.find(plane.fb);
  json.object([&] {
    json.add("id", plane.id.raw())
        .add("type_name", plane_type_word(plane.type))
        .add("possible_crtcs", plane.possible_crtcs.bits)
        .add("crtc_id", plane.crtc.raw())
        .add("fb_id", plane.fb.raw())
        .add("crtc_x", signed_value(plane.properties, "CRTC_X"))
        .add("crtc_y", signed_value(plane.properties, "CRTC_Y"))
        .add("x", plane.properties.value("SRC_X").value_or(0) >> 16)
        .add("y", plane.properties.value("SRC_Y").value_or(0) >> 16)
        .add("gamma_size", 0)
        .add("fb", [&] { fb ? json.put(*fb) : json.put(nullptr); });
    add_formats(json, plane.formats);
    add_properties(json, snapshot, plane.properties);
  });
}

void write_object(JsonWriter& json, const Snapshot&, const FramebufferInfo& fb) {
  write_json(json, fb);
}

void write_object(JsonWriter& json, const Snapshot& snapshot, const Colorop& colorop) {
  json.object([&] {
    json.add("id", colorop.id);
    add_properties(json, snapshot, colorop.properties);
  });
}

template <class Objects>
void add_objects(JsonWriter& json, std::string_view key, const Snapshot& snapshot,
                 const Objects& objects) {
  json.add_array(key, objects, [&](const auto& object) { write_object(json, snapshot, object); });
}

template <class Object>
void write_found(JsonWriter& json, const Snapshot& snapshot, const Object* found) {
  if (found) {
    write_object(json, snapshot, *found);
  } else {
    json.put(nullptr);
  }
}

}  // namespace

void add_all_objects(JsonWriter& json, const Snapshot& snapshot) {
  add_objects(json, "connectors", snapshot, snapshot.connectors());
  add_objects(json, "encoders", snapshot, snapshot.encoders());
  add_objects(json, "crtcs", snapshot, snapshot.crtcs());
  add_objects(json, "planes", snapshot, snapshot.planes());
  add_objects(json, "framebuffers", snapshot, snapshot.framebuffers());
  add_objects(json, "colorops", snapshot, snapshot.colorops());
  json.add("vanished", [&] {
    json.array(snapshot.vanished(), [&](const Vanished& object) {
      json.object([&] { json.add("kind", kind_name(object.kind)).add("id", object.id); });
    });
  });
}

void write_json(JsonWriter& json, const Snapshot& snapshot, const Property& property) {
  const PropertyInfo& info = *property.info;
  json.object([&] {
    json.add("id", info.id.raw())
        .add("flags", info.flags)
        .add("type", type_bits(info))
        .add("atomic", (info.flags & DRM_MODE_PROP_ATOMIC) != 0)
        .add("immutable", info.immutable)
        .add("raw_value", property.value)
        .add("spec", [&] { write_spec(json, info); })
        .add("value", [&] { write_value(json, property); })
        .add("data", [&] { write_data(json, snapshot, property); })
        .add("type_name", property_kind_word(info.kind))
        .add("raw_hex", hex64(property.value))
        .add("text", value_text(snapshot, property).text);
    add_blob(json, snapshot, property);
  });
}

void write_json(JsonWriter& json, const Report& report, ObjectRef object) {
  if (!report.kms) return json.put(nullptr);
  const Snapshot& snapshot = *report.kms;
  switch (object.kind) {
    case ObjectKind::connector:
      return write_found(json, snapshot, find_connector(snapshot, object));
    case ObjectKind::encoder:
      return write_found(json, snapshot, snapshot.find(EncoderId{object.id}));
    case ObjectKind::crtc:
      return write_found(json, snapshot, snapshot.find(CrtcId{object.id}));
    case ObjectKind::plane:
      return write_found(json, snapshot, snapshot.find(PlaneId{object.id}));
    case ObjectKind::framebuffer:
      return write_found(json, snapshot, snapshot.find(FramebufferId{object.id}));
    case ObjectKind::colorop:
      return write_found(json, snapshot, snapshot.find_colorop(object.id));
    default:
      return json.put(nullptr);
  }
}

}  // namespace drmshow
