#include "kms/atomic_request.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace drmshow {
namespace {

std::string_view type_name(ObjectType type) {
  switch (type) {
    case ObjectType::connector:
      return "connector";
    case ObjectType::crtc:
      return "CRTC";
    case ObjectType::plane:
      return "plane";
  }
  return "object";
}

const PropertySet* properties_of(const Snapshot& snapshot, ObjectRef object) {
  const auto of = [](const auto* found) { return found ? &found->properties : nullptr; };
  switch (object.type) {
    case ObjectType::connector:
      return of(snapshot.find(ConnectorId{object.id}));
    case ObjectType::crtc:
      return of(snapshot.find(CrtcId{object.id}));
    case ObjectType::plane:
      return of(snapshot.find(PlaneId{object.id}));
  }
  return nullptr;
}

// The kernel drops its own blobs when their last user goes: the id that was read may be gone by the
// time it is restored, its contents are not.
std::variant<std::uint64_t, Bytes> value_before(const Snapshot& before, const Property& property) {
  if (property.info->kind == PropertyKind::blob) {
    if (const auto bytes = before.blob(BlobId{static_cast<std::uint32_t>(property.value)})) {
      return Bytes(bytes->begin(), bytes->end());
    }
  }
  return property.value;
}

}  // namespace

std::string to_string(const PropertyWrite& write) {
  const std::string target =
      fmt::format("{} {} {}", type_name(write.object.type), write.object.id, write.name);
  if (const auto* bytes = std::get_if<Bytes>(&write.value)) {
    return fmt::format("{} = blob of {} bytes", target, bytes->size());
  }
  const auto number = std::get<std::uint64_t>(write.value);
  if (write.name.starts_with("SRC_")) {
    return fmt::format("{} = {}", target,
                       Fixed16_16::from_raw(static_cast<std::uint32_t>(number)).value());
  }
  return fmt::format("{} = {}", target, static_cast<std::int64_t>(number));
}

std::optional<std::uint64_t> encode(const PropertyInfo& info, EntryName value) {
  return info.value_of(value.name);
}

void AtomicRequest::add(PropertyWrite write) {
  const auto same = std::ranges::find_if(writes_, [&](const PropertyWrite& other) {
    return other.object == write.object && other.property == write.property;
  });
  if (same != writes_.end()) {
    *same = std::move(write);
  } else {
    writes_.push_back(std::move(write));
  }
}

void AtomicRequest::add(const AtomicRequest& other) {
  for (const PropertyWrite& write : other.writes_) add(write);
  if (missing_.empty()) missing_ = other.missing_;
}

void AtomicRequest::note_missing(ObjectRef object, std::string_view property) {
  if (!missing_.empty()) return;
  missing_ = fmt::format("{} {} has no property {}", type_name(object.type), object.id, property);
}

AtomicRequest undo_request(const Snapshot& before, const AtomicRequest& change) {
  AtomicRequest undo;
  for (const PropertyWrite& write : change.writes()) {
    const PropertySet* properties = properties_of(before, write.object);
    // A connector that has come since then (on a dock) must let go of its CRTC.
    if (!properties && write.name == props::connector_crtc_id.name) {
      undo.add({write.object, write.property, write.name, std::uint64_t{0}});
    }
    const Property* property = properties ? properties->find(write.name) : nullptr;
    // Only the kernel may say that a link is bad.
    if (!property || write.name == props::link_status.name) continue;
    undo.add({write.object, write.property, write.name, value_before(before, *property)});
  }
  return undo;
}

}  // namespace drmshow
