#include "query/object_ref.hpp"

#include <fmt/format.h>

#include "query/text/style.hpp"

namespace drmshow {

const Connector* find_connector(const Snapshot& kms, ObjectRef ref) {
  if (ref.kind != ObjectKind::connector) return nullptr;
  if (ref.id != 0) return kms.find(ConnectorId{ref.id});
  return ref.name.empty() ? nullptr : kms.find_connector(ref.name);
}

std::string_view kind_name(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::connector:
      return "connector";
    case ObjectKind::encoder:
      return "encoder";
    case ObjectKind::crtc:
      return "crtc";
    case ObjectKind::plane:
      return "plane";
    case ObjectKind::framebuffer:
      return "fb";
    case ObjectKind::blob:
      return "blob";
    case ObjectKind::property:
      return "property";
    case ObjectKind::colorop:
      return "colorop";
  }
  return "object";
}

std::string label(ObjectRef ref) {
  return ref.id == 0 ? "none" : fmt::format("{}/{}", kind_name(ref.kind), ref.id);
}

std::string label(EncoderId id) {
  return label({ObjectKind::encoder, id.raw()});
}

std::string label(CrtcId id) {
  return label({ObjectKind::crtc, id.raw()});
}

std::string label(PlaneId id) {
  return label({ObjectKind::plane, id.raw()});
}

std::string label(FramebufferId id) {
  return label({ObjectKind::framebuffer, id.raw()});
}

std::string label(const Connector& connector) {
  const std::string name = printable(TextStyle{}, connector.name);
  if (!connector.id) return "connector " + name;
  return label({ObjectKind::connector, connector.id.raw()}) + ' ' + name;
}

std::string object_label(const Report& report, ObjectRef ref) {
  const Connector* connector = report.kms ? find_connector(*report.kms, ref) : nullptr;
  if (connector) return label(*connector);
  return label(ref);
}

}  // namespace drmshow
