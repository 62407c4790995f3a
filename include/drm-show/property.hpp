// Properties of KMS objects: what the kernel says about them, and typed names for those that
// drm-show sets. A `Prop<Plane, Fixed16_16>` can neither be set on a CRTC nor to a bare 1920.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/export.hpp"
#include "drm-show/fixed.hpp"
#include "drm-show/id.hpp"

namespace drmshow {

struct Connector;
struct Crtc;
struct Plane;

enum class PropertyKind { range, signed_range, enumeration, bitmask, blob, object, unknown };

/// The kind that the DRM_MODE_PROP_* `flags` of a property say.
DRMSHOW_API PropertyKind property_kind(std::uint32_t flags);

struct PropertyInfo {
  struct Entry {
    std::uint64_t value;  ///< of an enumeration: the value; of a bitmask: the bit's number
    std::string name;
  };

  PropertyId id;
  std::string name;
  PropertyKind kind = PropertyKind::unknown;
  std::uint32_t flags = 0;  ///< DRM_MODE_PROP_*, as the kernel gives them
  bool immutable = false;   ///< set by the kernel only (DRM_MODE_PROP_IMMUTABLE)
  std::vector<std::uint64_t>
      limits;                  ///< of a range: least and greatest value; of an object: its type
  std::vector<Entry> entries;  ///< of an enumeration or bitmask

  /// The value that means `entry`: for a bitmask its bit.
  DRMSHOW_API std::optional<std::uint64_t> value_of(std::string_view entry) const;
};

struct Property {
  const PropertyInfo* info;  ///< owned by the Snapshot that this came from
  std::uint64_t value;
};

/// A property by name, for objects of type `Object`, whose values are of type `Value`.
template <class Object, class Value>
struct Prop {
  std::string_view name;
};

/// The entry of an enumeration or bitmask, by the name the kernel gives it.
struct EntryName {
  std::string_view name;
};

namespace props {
// Source: kernel documentation, "KMS Properties". All are optional: drivers leave out what they
// cannot do.
inline constexpr Prop<Connector, CrtcId> connector_crtc_id{"CRTC_ID"};
inline constexpr Prop<Connector, BlobId> hdr_output_metadata{"HDR_OUTPUT_METADATA"};
inline constexpr Prop<Connector, EntryName> colorspace{"Colorspace"};
inline constexpr Prop<Connector, EntryName> link_status{"link-status"};
inline constexpr Prop<Connector, bool> vrr_capable{"vrr_capable"};

inline constexpr Prop<Crtc, bool> active{"ACTIVE"};
inline constexpr Prop<Crtc, BlobId> mode_id{"MODE_ID"};
inline constexpr Prop<Crtc, BlobId> degamma_lut{"DEGAMMA_LUT"};
inline constexpr Prop<Crtc, BlobId> ctm{"CTM"};
inline constexpr Prop<Crtc, BlobId> gamma_lut{"GAMMA_LUT"};
inline constexpr Prop<Crtc, bool> vrr_enabled{"VRR_ENABLED"};
inline constexpr Prop<Crtc, std::uint64_t> out_fence_ptr{"OUT_FENCE_PTR"};

inline constexpr Prop<Plane, CrtcId> plane_crtc_id{"CRTC_ID"};
inline constexpr Prop<Plane, FramebufferId> fb_id{"FB_ID"};
inline constexpr Prop<Plane, Fixed16_16> src_x{"SRC_X"};
inline constexpr Prop<Plane, Fixed16_16> src_y{"SRC_Y"};
inline constexpr Prop<Plane, Fixed16_16> src_w{"SRC_W"};
inline constexpr Prop<Plane, Fixed16_16> src_h{"SRC_H"};
inline constexpr Prop<Plane, std::int32_t> crtc_x{"CRTC_X"};
inline constexpr Prop<Plane, std::int32_t> crtc_y{"CRTC_Y"};
inline constexpr Prop<Plane, std::uint32_t> crtc_w{"CRTC_W"};
inline constexpr Prop<Plane, std::uint32_t> crtc_h{"CRTC_H"};
inline constexpr Prop<Plane, EntryName> rotation{"rotation"};
inline constexpr Prop<Plane, std::uint64_t> alpha{"alpha"};
inline constexpr Prop<Plane, std::int32_t> in_fence_fd{"IN_FENCE_FD"};
inline constexpr Prop<Plane, BlobId> in_formats{"IN_FORMATS"};
}  // namespace props

/// The properties of one object, as they were when the snapshot was taken.
class DRMSHOW_API PropertySet {
 public:
  PropertySet() = default;
  explicit PropertySet(std::vector<Property> properties) : properties_{std::move(properties)} {}

  /// nullptr if the object has no property of that name.
  const Property* find(std::string_view name) const;
  std::optional<std::uint64_t> value(std::string_view name) const;
  auto begin() const { return properties_.begin(); }
  auto end() const { return properties_.end(); }

 private:
  std::vector<Property> properties_;
};

}  // namespace drmshow
