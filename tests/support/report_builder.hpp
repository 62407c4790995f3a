// Reports made by hand: what SnapshotBuilder leaves out, for tests of what is shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "drm-show/snapshot.hpp"
#include "snapshot_builder.hpp"

namespace drmshow::test {

using Bytes = std::vector<std::byte>;
using Entries = std::vector<PropertyInfo::Entry>;

/// Adds a property that is described by `info` (its id is set here), or replaces that of its name.
void add_property(SnapshotBuilder& builder, PropertySet& set, PropertyInfo info,
                  std::uint64_t value);
void add_enum(SnapshotBuilder& builder, PropertySet& set, const std::string& name, Entries entries,
              std::uint64_t value);
void add_bitmask(SnapshotBuilder& builder, PropertySet& set, const std::string& name,
                 Entries entries, std::uint64_t value);
void add_range(SnapshotBuilder& builder, PropertySet& set, const std::string& name,
               std::uint64_t least, std::uint64_t greatest, std::uint64_t value);
/// Of 32 bits, as CRTC_X; negative values as two's complement.
void add_signed_range(SnapshotBuilder& builder, PropertySet& set, const std::string& name,
                      std::uint64_t value);
/// Immutable, as IN_FORMATS and EDID are.
void add_blob(SnapshotBuilder& builder, PropertySet& set, const std::string& name, Bytes bytes);

/// Describes the framebuffer that `plane` shows.
void describe_fb(SnapshotBuilder& builder, std::size_t plane, Size size, Format format,
                 std::optional<Modifier> modifier);

/// With TYPE (an enumeration of one entry), BYPASS and NEXT.
void add_colorop(SnapshotBuilder& builder, std::uint32_t id, const std::string& type,
                 std::uint32_t next);

template <class T>
Bytes bytes_of(const std::vector<T>& values) {
  const auto* begin = reinterpret_cast<const std::byte*>(values.data());
  return {begin, begin + values.size() * sizeof(T)};
}

/// An IN_FORMATS blob in which each modifier comes with all of the formats.
Bytes format_table_blob(const std::vector<Format>& formats, const std::vector<Modifier>& modifiers);

/// A valid EDID 1.4 of 128 bytes: a digital display with 8 bits per channel, made by "EXA".
Bytes edid_blob(std::string_view monitor_name, Size size_cm);

}  // namespace drmshow::test
