#include "query/fields.hpp"

#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "query/names.hpp"
#include "query/objects.hpp"
#include "query/path.hpp"
#include "query/values/value.hpp"

namespace drmshow {
namespace {

std::string bytes_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Field plain(std::string name, const std::string& text) {
  return {std::move(name), text, text};
}

template <class Id>
std::string id_text(Id id) {
  return id ? fmt::format("{}", id.raw()) : "none";
}

std::string size_text(Size size) {
  return fmt::format("{}x{}", size.width, size.height);
}

Field property_field(const Snapshot& snapshot, const Property& property) {
  Field field{property.info->name, value_text(snapshot, property).text,
              fmt::format("{}", property.value)};
  if (property.info->kind != PropertyKind::blob || property.value == 0) return field;
  const auto bytes = snapshot.blob(BlobId{static_cast<std::uint32_t>(property.value)});
  if (bytes) field.essence = "blob " + bytes_text(*bytes);
  return field;
}

void add_properties(const Snapshot& snapshot, const PropertySet& properties, FieldGroup& group) {
  for (const Property& property : properties) {
    group.fields.push_back(property_field(snapshot, property));
  }
}

// A mode is a field of its own, so that one that comes or goes is one difference. Modes that look
// alike are told apart by counting.
void add_modes(const Connector& connector, FieldGroup& group) {
  std::map<std::string, int> seen;
  for (const Mode& mode : connector.modes) {
    std::string name = "mode " + to_string(mode);
    if (const int times = ++seen[name]; times > 1) name += fmt::format(" ({})", times);
    const auto raw = std::as_bytes(std::span{&mode.raw(), 1});
    group.fields.push_back(
        {std::move(name), mode.preferred() ? "preferred" : "offered", bytes_text(raw)});
  }
}

std::string identity_of(const Snapshot& snapshot, const Connector& connector) {
  const auto id = connector.properties.value("PATH").value_or(0);
  const auto path = snapshot.blob(BlobId{static_cast<std::uint32_t>(id)});
  return path ? "path " + bytes_text(*path) : "connector " + connector.name;
}

FieldGroup group_of(const Report& report, const Connector& connector) {
  FieldGroup group;
  const Snapshot& snapshot = *report.kms;
  const Crtc* crtc = snapshot.current_crtc(connector);
  group.identity = identity_of(snapshot, connector);
  group.what =
      fmt::format("connector/{}, {}", connector.id.raw(), status_word(connector.connection));
  group.fields = {plain("status_name", std::string{status_word(connector.connection)}),
                  plain("phy_width", fmt::format("{}", connector.size_mm.width)),
                  plain("phy_height", fmt::format("{}", connector.size_mm.height)),
                  plain("subpixel_name", std::string{subpixel_word(connector.subpixel)}),
                  plain("encoder_id", id_text(connector.encoder)),
                  plain("crtc_id", id_text(crtc ? crtc->id : CrtcId{}))};
  add_modes(connector, group);
  add_properties(snapshot, connector.properties, group);
  return group;
}

FieldGroup group_of(const Report&, const Encoder& encoder) {
  FieldGroup group;
  group.what = encoder_type_name(encoder.type) + " encoder";
  group.fields = {plain("type_name", encoder_type_name(encoder.type)),
                  plain("crtc_id", id_text(encoder.crtc)),
                  plain("possible_crtcs", fmt::format("{:#x}", encoder.possible_crtcs.bits)),
                  plain("possible_clones", fmt::format("{:#x}", encoder.possible_clones))};
  return group;
}

FieldGroup group_of(const Report& report, const Crtc& crtc) {
  FieldGroup group;
  group.what = "CRTC";
  group.fields = {plain("mode", crtc.mode ? to_string(*crtc.mode) : "off"),
                  plain("fb_id", id_text(crtc.fb)), plain("x", fmt::format("{}", crtc.fb_offset.x)),
                  plain("y", fmt::format("{}", crtc.fb_offset.y)),
                  plain("gamma_size", fmt::format("{}", crtc.gamma_size))};
  add_properties(*report.kms, crtc.properties, group);
  return group;
}

FieldGroup group_of(const Report& report, const Plane& plane) {
  FieldGroup group;
  group.what = fmt::format("{} plane", plane_type_word(plane.type));
  std::vector<std::string> formats;
  for (const Format format : plane.formats) formats.push_back(to_string(format));
  group.fields = {plain("crtc_id", id_text(plane.crtc)),
                  plain("fb_id", id_text(plane.fb)),
                  plain("possible_crtcs", fmt::format("{:#x}", plane.possible_crtcs.bits)),
                  {"formats", fmt::format("{} formats", formats.size()),
                   fmt::format("{}", fmt::join(formats, " "))}};
  add_properties(*report.kms, plane.properties, group);
  return group;
}

std::string layout_text(const FramebufferInfo& fb) {
  std::vector<std::string> planes;
  for (const auto& plane : fb.planes) {
    planes.push_back(fmt::format("pitch {} offset {}", plane.pitch, plane.offset));
  }
  return fmt::format("{}", fmt::join(planes, ", "));
}

FieldGroup group_of(const Report&, const FramebufferInfo& fb) {
  FieldGroup group;
  const std::string format =
      fb.format ? to_string(*fb.format) : fmt::format("depth {}, bpp {}", fb.depth, fb.bpp);
  group.what = fmt::format("framebuffer, {} {}", size_text(fb.size), format);
  group.fields = {plain("width", fmt::format("{}", fb.size.width)),
                  plain("height", fmt::format("{}", fb.size.height)), plain("format_name", format),
                  plain("modifier_name", fb.modifier ? to_string(*fb.modifier) : "implicit"),
                  plain("planes", layout_text(fb))};
  return group;
}

FieldGroup group_of(const Report& report, const Colorop& colorop) {
  FieldGroup group;
  group.what = "colour operation";
  add_properties(*report.kms, colorop.properties, group);
  return group;
}

FieldGroup device_group(const Report& report) {
  FieldGroup group;
  group.path = report.name();
  group.identity = "device";
  group.what = "device";
  const DriverInfo& driver = report.driver;
  group.fields = {
      plain("driver.name", driver.name),
      plain("driver.version", fmt::format("{}.{}.{}", driver.major, driver.minor, driver.patch)),
      plain("driver.kernel.release", report.kernel.release), plain("device.bus", report.bus.type),
      plain("device.address", report.bus.address)};
  if (report.limits) {
    group.fields.push_back(plain("fb_size", fmt::format("{} to {}", size_text(report.limits->least),
                                                        size_text(report.limits->greatest))));
  }
  for (const auto& cap : report.client_caps) {
    group.fields.push_back(plain("client_caps." + cap.name, cap.supported ? "true" : "false"));
  }
  for (const auto& cap : report.caps) {
    group.fields.push_back(
        plain("caps." + cap.name, cap.value ? fmt::format("{}", *cap.value) : "none"));
  }
  if (report.masters) {
    std::vector<std::string> names;
    for (const DrmClient& client : *report.masters) {
      names.push_back(fmt::format("{} ({})", client.command, client.pid));
    }
    group.fields.push_back(
        plain("masters", names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "))));
  }
  return group;
}

ObjectRef ref_of(ObjectKind kind, const Colorop& colorop) {
  return {kind, colorop.id};
}
ObjectRef ref_of(ObjectKind kind, const Connector& connector) {
  return {kind, connector.id.raw(), connector.name};
}
ObjectRef ref_of(ObjectKind kind, const auto& object) {
  return {kind, object.id.raw()};
}

template <class Objects>
void add_groups(const Report& report, ObjectKind kind, const Objects& objects,
                std::vector<FieldGroup>& groups) {
  for (const auto& object : objects) {
    FieldGroup group = group_of(report, object);
    group.path = object_path(report, ref_of(kind, object));
    if (group.identity.empty()) group.identity = group.path.substr(group.path.find('/') + 1);
    groups.push_back(std::move(group));
  }
}

}  // namespace

std::vector<FieldGroup> fields_of(const Report& report) {
  std::vector<FieldGroup> groups{device_group(report)};
  if (!report.kms) return groups;
  const Snapshot& snapshot = *report.kms;
  add_groups(report, ObjectKind::connector, snapshot.connectors(), groups);
  add_groups(report, ObjectKind::encoder, snapshot.encoders(), groups);
  add_groups(report, ObjectKind::crtc, snapshot.crtcs(), groups);
  add_groups(report, ObjectKind::plane, snapshot.planes(), groups);
  add_groups(report, ObjectKind::framebuffer, snapshot.framebuffers(), groups);
  add_groups(report, ObjectKind::colorop, snapshot.colorops(), groups);
  return groups;
}

}  // namespace drmshow
