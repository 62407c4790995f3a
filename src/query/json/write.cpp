#include <drm_mode.h>
#include <nlohmann/json.hpp>

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

Json entries_json(const PropertyInfo& info) {
  Json array = Json::array();
  for (const auto& entry : info.entries) {
    array.push_back(
        JsonObject{2}.add("name", json_text(entry.name)).add("value", entry.value).done());
  }
  return array;
}

// drm_info's "spec": what values there may be.
Json spec_json(const PropertyInfo& info) {
  const auto& limits = info.limits;
  switch (info.kind) {
    case PropertyKind::range:
      if (limits.size() < 2) return {};
      return JsonObject{2}.add("min", limits[0]).add("max", limits[1]).done();
    case PropertyKind::signed_range:
      if (limits.size() < 2) return {};
      return JsonObject{2}.add("min", as_signed(limits[0])).add("max", as_signed(limits[1])).done();
    case PropertyKind::enumeration:
    case PropertyKind::bitmask:
      return entries_json(info);
    case PropertyKind::object:
      return limits.empty() ? Json() : Json(limits[0]);
    default:
      return {};
  }
}

Json value_json(const Property& property) {
  switch (property.info->kind) {
    case PropertyKind::blob:
    case PropertyKind::unknown:
      return {};
    case PropertyKind::signed_range:
      return as_signed(property.value);
    default:
      return property.value;
  }
}

Json properties_json(const Snapshot& snapshot, const PropertySet& properties) {
  JsonObject json{static_cast<std::size_t>(properties.end() - properties.begin())};
  for (const Property& property : properties) {
    json.add(json_text(property.info->name), to_json(snapshot, property));
  }
  return json.done();
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

Json modes_json(std::span<const Mode> modes) {
  Json array = Json::array();
  for (const Mode& mode : modes) array.push_back(to_json(mode.raw()));
  return array;
}

Json json_of(const Snapshot& snapshot, const Connector& connector) {
  const Crtc* crtc = snapshot.current_crtc(connector);
  return JsonObject{15}
      .add("id", connector.id.raw())
      .add("name", json_text(connector.name))
      .add("type", connector.type)
      .add("type_name", connector_type_name(connector.type))
      .add("status", status_number(connector.connection))
      .add("status_name", status_word(connector.connection))
      .add("phy_width", connector.size_mm.width)
      .add("phy_height", connector.size_mm.height)
      .add("subpixel", subpixel_number(connector.subpixel))
      .add("subpixel_name", subpixel_word(connector.subpixel))
      .add("encoder_id", connector.encoder.raw())
      .add("crtc_id", crtc ? crtc->id.raw() : 0)
      .add("encoders", json_ids(connector.encoders))
      .add("modes", modes_json(connector.modes))
      .add("properties", properties_json(snapshot, connector.properties))
      .done();
}

Json json_of(const Encoder& encoder) {
  return JsonObject{6}
      .add("id", encoder.id.raw())
      .add("type", encoder.type)
      .add("type_name", encoder_type_name(encoder.type))
      .add("crtc_id", encoder.crtc.raw())
      .add("possible_crtcs", encoder.possible_crtcs.bits)
      .add("possible_clones", encoder.possible_clones)
      .done();
}

Json json_of(const Snapshot& snapshot, const Crtc& crtc) {
  return JsonObject{8}
      .add("id", crtc.id.raw())
      .add("index", crtc.index.value())
      .add("fb_id", crtc.fb.raw())
      .add("x", crtc.fb_offset.x)
      .add("y", crtc.fb_offset.y)
      .add("mode", crtc.mode ? to_json(crtc.mode->raw()) : Json())
      .add("gamma_size", crtc.gamma_size)
      .add("properties", properties_json(snapshot, crtc.properties))
      .done();
}

std::int64_t signed_value(const PropertySet& properties, const char* name) {
  return as_signed(properties.value(name).value_or(0));
}

// Where the plane is: from its properties, since GETPLANE does not tell on any driver of today.
Json json_of(const Snapshot& snapshot, const Plane& plane) {
  const FramebufferInfo* fb = snapshot.find(plane.fb);
  return JsonObject{14}
      .add("id", plane.id.raw())
      .add("type_name", plane_type_word(plane.type))
      .add("possible_crtcs", plane.possible_crtcs.bits)
      .add("crtc_id", plane.crtc.raw())
      .add("fb_id", plane.fb.raw())
      .add("crtc_x", signed_value(plane.properties, "CRTC_X"))
      .add("crtc_y", signed_value(plane.properties, "CRTC_Y"))
      .add("x", plane.properties.value("SRC_X").value_or(0) >> 16)
      .add("y", plane.properties.value("SRC_Y").value_or(0) >> 16)
      .add("gamma_size", 0)
      .add("fb", fb ? json_framebuffer(*fb) : Json())
      .add("formats", json_formats(plane.formats))
      .add("format_names", json_format_names(plane.formats))
      .add("properties", properties_json(snapshot, plane.properties))
      .done();
}

Json json_of(const Snapshot& snapshot, const Colorop& colorop) {
  return {{"id", colorop.id}, {"properties", properties_json(snapshot, colorop.properties)}};
}

template <class Objects, class Make>
Json array_of(const Objects& objects, Make make) {
  Json array = Json::array();
  for (const auto& object : objects) array.push_back(make(object));
  return array;
}

Json driver_json(const Report& report) {
  const DriverInfo& driver = report.driver;
  Json client_caps = Json::object();
  for (const auto& cap : report.client_caps) client_caps[json_text(cap.name)] = cap.supported;
  Json caps = Json::object();
  for (const auto& cap : report.caps) {
    caps[json_text(cap.name)] = cap.value ? Json(*cap.value) : Json();
  }
  return {{"name", json_text(driver.name)},
          {"desc", json_text(driver.description)},
          {"version",
           {{"major", driver.major},
            {"minor", driver.minor},
            {"patch", driver.patch},
            {"date", json_text(driver.date)}}},
          {"kernel",
           {{"sysname", json_text(report.kernel.sysname)},
            {"release", json_text(report.kernel.release)},
            {"version", json_text(report.kernel.version)}}},
          {"client_caps", std::move(client_caps)},
          {"caps", std::move(caps)}};
}

// libdrm's numbers (DRM_BUS_*), which drm_info shows.
Json bus_number(const std::string& type) {
  constexpr std::pair<std::string_view, int> numbers[] = {
      {"pci", 0}, {"usb", 1}, {"platform", 2}, {"host1x", 3}, {"faux", 4}};
  for (const auto& [name, number] : numbers) {
    if (name == type) return number;
  }
  return {};
}

// Bits 0 and 2: a primary node and a render node (DRM_NODE_*).
unsigned available_nodes(const Report& report) {
  return 1u | (report.render_path.empty() ? 0u : 4u);
}

Json device_json(const Report& report) {
  Json data;
  if (const auto& pci = report.bus.pci) {
    data = {{"vendor", pci->vendor},
            {"device", pci->device},
            {"subsystem_vendor", pci->subsystem_vendor},
            {"subsystem_device", pci->subsystem_device}};
  }
  return {{"available_nodes", available_nodes(report)},
          {"bus_type", bus_number(report.bus.type)},
          {"device_data", std::move(data)},
          {"bus", json_text(report.bus.type)},
          {"address", json_text(report.bus.address)},
          {"kernel_driver", json_text(report.bus.kernel_driver)}};
}

Json limits_json(const FramebufferLimits& limits) {
  return JsonObject{4}
      .add("min_width", limits.least.width)
      .add("max_width", limits.greatest.width)
      .add("min_height", limits.least.height)
      .add("max_height", limits.greatest.height)
      .done();
}

Json masters_json(const Report& report) {
  if (!report.masters) return {};
  return array_of(*report.masters, [](const DrmClient& client) {
    return Json{{"command", json_text(client.command)}, {"pid", client.pid}};
  });
}

void add_objects(const Snapshot& snapshot, Json& json) {
  auto with_snapshot = [&](const auto& object) { return json_of(snapshot, object); };
  json["connectors"] = array_of(snapshot.connectors(), with_snapshot);
  json["encoders"] =
      array_of(snapshot.encoders(), [](const Encoder& encoder) { return json_of(encoder); });
  json["crtcs"] = array_of(snapshot.crtcs(), with_snapshot);
  json["planes"] = array_of(snapshot.planes(), with_snapshot);
  json["framebuffers"] = array_of(snapshot.framebuffers(), json_framebuffer);
  json["colorops"] = array_of(snapshot.colorops(), with_snapshot);
  json["vanished"] = array_of(snapshot.vanished(), [](const Vanished& object) {
    return Json{{"kind", kind_name(object.kind)}, {"id", object.id}};
  });
}

}  // namespace

Json to_json(const drm_mode_modeinfo& mode) {
  return JsonObject{18}
      .add("clock", mode.clock)
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
      .add("name", json_text(Mode{mode}.name()))
      .add("refresh", static_cast<double>(Mode{mode}.refresh().centihertz()) / 100)
      .add("interlaced", Mode{mode}.interlaced())
      .add("preferred", Mode{mode}.preferred())
      .done();
}

Json to_json(const Snapshot& snapshot, const Property& property) {
  const PropertyInfo& info = *property.info;
  JsonObject json{13};
  json.add("id", info.id.raw())
      .add("flags", info.flags)
      .add("type", type_bits(info))
      .add("atomic", (info.flags & DRM_MODE_PROP_ATOMIC) != 0)
      .add("immutable", info.immutable)
      .add("raw_value", property.value)
      .add("spec", spec_json(info))
      .add("value", value_json(property))
      .add("data", json_data(snapshot, property))
      .add("type_name", property_kind_word(info.kind))
      .add("raw_hex", hex64(property.value))
      .add("text", json_text(value_text(snapshot, property).text));
  if (info.kind == PropertyKind::blob && property.value != 0) {
    const auto bytes = snapshot.blob(BlobId{static_cast<std::uint32_t>(property.value)});
    json.add("blob", bytes ? Json(hex_bytes(*bytes)) : Json());
  }
  return json.done();
}

Json to_json(const Report& report, ObjectRef object) {
  if (!report.kms) return {};
  const Snapshot& snapshot = *report.kms;
  switch (object.kind) {
    case ObjectKind::connector:
      if (const auto* found = find_connector(snapshot, object)) return json_of(snapshot, *found);
      break;
    case ObjectKind::encoder:
      if (const auto* found = snapshot.find(EncoderId{object.id})) return json_of(*found);
      break;
    case ObjectKind::crtc:
      if (const auto* found = snapshot.find(CrtcId{object.id})) return json_of(snapshot, *found);
      break;
    case ObjectKind::plane:
      if (const auto* found = snapshot.find(PlaneId{object.id})) return json_of(snapshot, *found);
      break;
    case ObjectKind::framebuffer:
      if (const auto* found = snapshot.find(FramebufferId{object.id}))
        return json_framebuffer(*found);
      break;
    case ObjectKind::colorop:
      if (const auto* found = snapshot.find_colorop(object.id)) return json_of(snapshot, *found);
      break;
    default:
      break;
  }
  return {};
}

Json to_json(const Report& report) {
  Json json{
      {"schema", json_schema},
      {"name", json_text(report.name())},
      {"render_node", report.render_path.empty() ? Json() : Json(json_text(report.render_path))},
      {"access", report.access == Access::full ? "full" : "sysfs"}};
  json["driver"] = driver_json(report);
  json["device"] = device_json(report);
  json["masters"] = masters_json(report);
  json["lessees"] = report.lessees ? Json(*report.lessees) : Json();
  json["notes"] =
      array_of(report.notes, [](const std::string& note) { return Json(json_text(note)); });
  json["fb_size"] = report.limits ? limits_json(*report.limits) : Json();
  if (report.kms) add_objects(*report.kms, json);
  return json;
}

Json to_json(std::span<const Report> reports) {
  Json json = Json::object();
  for (const Report& report : reports) json[json_text(report.path)] = to_json(report);
  return json;
}

}  // namespace drmshow
