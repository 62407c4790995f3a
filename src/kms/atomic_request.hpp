// A set of property changes, as data: built from typed properties, compared, printed, cut into
// pieces and turned into the request that undoes it, all without a device. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "drm-show/property.hpp"
#include "drm-show/snapshot.hpp"

namespace drmshow {

enum class ObjectType { connector, crtc, plane };

struct ObjectRef {
  ObjectType type;
  std::uint32_t id;
  friend bool operator==(ObjectRef, ObjectRef) = default;
};

inline ObjectRef ref(const Connector& object) {
  return {ObjectType::connector, object.id.raw()};
}
inline ObjectRef ref(const Crtc& object) {
  return {ObjectType::crtc, object.id.raw()};
}
inline ObjectRef ref(const Plane& object) {
  return {ObjectType::plane, object.id.raw()};
}

using Bytes = std::vector<std::byte>;

struct PropertyWrite {
  ObjectRef object;
  PropertyId property;
  std::string name;  ///< of the property, for messages
  /// A number as the kernel takes it, or the contents of a blob that is made for the commit.
  std::variant<std::uint64_t, Bytes> value;
};

/// "plane 31 CRTC_W = 1024"
std::string to_string(const PropertyWrite& write);

/// The kernel's number for a typed value; nullopt if the property has no such entry.
std::optional<std::uint64_t> encode(const PropertyInfo& info, EntryName value);
inline std::optional<std::uint64_t> encode(const PropertyInfo&, bool value) {
  return value;
}
inline std::optional<std::uint64_t> encode(const PropertyInfo&, std::uint32_t value) {
  return value;
}
inline std::optional<std::uint64_t> encode(const PropertyInfo&, std::uint64_t value) {
  return value;
}
inline std::optional<std::uint64_t> encode(const PropertyInfo&, Fixed16_16 value) {
  return value.raw();
}
// Signed properties are passed as 64-bit two's complement.
inline std::optional<std::uint64_t> encode(const PropertyInfo&, std::int32_t value) {
  return static_cast<std::uint64_t>(std::int64_t{value});
}
template <class Tag>
std::optional<std::uint64_t> encode(const PropertyInfo&, Id<Tag> value) {
  return value.raw();
}

class AtomicRequest {
 public:
  /// A property that `object` does not have makes the whole request unusable: see missing().
  template <class Object, class Value>
  void set(const Object& object, Prop<Object, Value> prop, std::type_identity_t<Value> value) {
    const Property* property = object.properties.find(prop.name);
    const auto number = property ? encode(*property->info, value) : std::nullopt;
    if (!number) return note_missing(ref(object), prop.name);
    add({ref(object), property->info->id, property->info->name, *number});
  }

  /// Sets a blob property to a blob with these contents.
  template <class Object>
  void set_blob(const Object& object, Prop<Object, BlobId> prop, Bytes contents) {
    const Property* property = object.properties.find(prop.name);
    if (!property) return note_missing(ref(object), prop.name);
    add({ref(object), property->info->id, property->info->name, std::move(contents)});
  }

  /// Like set(), but only where the object has the property and its value differs now.
  template <class Object, class Value>
  void reset(const Object& object, Prop<Object, Value> prop, std::type_identity_t<Value> value) {
    const Property* property = object.properties.find(prop.name);
    if (!property || property->info->immutable) return;
    const auto number = encode(*property->info, value);
    if (!number || *number == property->value) return;
    add({ref(object), property->info->id, property->info->name, *number});
  }

  /// Adds a write; it replaces an earlier one of the same property.
  void add(PropertyWrite write);
  void add(const AtomicRequest& other);

  std::span<const PropertyWrite> writes() const { return writes_; }
  bool empty() const { return writes_.empty(); }
  /// The first property that was set and is not there ("plane 31 has no property SRC_W"), or empty.
  const std::string& missing() const { return missing_; }

 private:
  void note_missing(ObjectRef object, std::string_view property);

  std::vector<PropertyWrite> writes_;
  std::string missing_;
};

/// The request that takes back `change`: the values that its properties had in `before`.
AtomicRequest undo_request(const Snapshot& before, const AtomicRequest& change);

}  // namespace drmshow
