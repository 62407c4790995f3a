#include "query/objects.hpp"

namespace drmshow {
namespace {

template <class Object>
const PropertySet* properties(const Object* object) {
  return object ? &object->properties : nullptr;
}

}  // namespace

std::optional<ObjectKind> kind_named(std::string_view name) {
  if (name == "framebuffer") return ObjectKind::framebuffer;
  for (int i = 0; i <= static_cast<int>(ObjectKind::colorop); ++i) {
    if (kind_name(static_cast<ObjectKind>(i)) == name) return static_cast<ObjectKind>(i);
  }
  return std::nullopt;
}

std::vector<ObjectRef> objects_of(const Report& report) {
  std::vector<ObjectRef> all;
  if (!report.kms) return all;
  auto add = [&](ObjectKind kind, const auto& objects) {
    for (const auto& object : objects) all.push_back({kind, object.id.raw()});
  };
  for (const Connector& connector : report.kms->connectors()) {
    all.push_back({ObjectKind::connector, connector.id.raw(),
                   connector.id ? std::string_view{} : std::string_view{connector.name}});
  }
  add(ObjectKind::encoder, report.kms->encoders());
  add(ObjectKind::crtc, report.kms->crtcs());
  add(ObjectKind::plane, report.kms->planes());
  add(ObjectKind::framebuffer, report.kms->framebuffers());
  for (const Colorop& colorop : report.kms->colorops()) {
    all.push_back({ObjectKind::colorop, colorop.id});
  }
  return all;
}

const PropertySet* properties_of(const Report& report, ObjectRef object) {
  if (!report.kms) return nullptr;
  const Snapshot& snapshot = *report.kms;
  switch (object.kind) {
    case ObjectKind::connector:
      return properties(find_connector(snapshot, object));
    case ObjectKind::crtc:
      return properties(snapshot.find(CrtcId{object.id}));
    case ObjectKind::plane:
      return properties(snapshot.find(PlaneId{object.id}));
    case ObjectKind::colorop:
      return properties(snapshot.find_colorop(object.id));
    default:
      return nullptr;
  }
}

}  // namespace drmshow
