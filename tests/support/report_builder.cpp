#include "report_builder.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

#include <drm_mode.h>

namespace drmshow::test {

void add_property(SnapshotBuilder& builder, PropertySet& set, PropertyInfo info,
                  std::uint64_t value) {
  auto& infos = builder.data.property_infos;
  if (info.flags == 0) info.flags = property_flags(info.kind);
  if (info.immutable) info.flags |= DRM_MODE_PROP_IMMUTABLE;
  info.id = PropertyId{1000 + static_cast<std::uint32_t>(infos.size())};
  const PropertyInfo& kept = infos.emplace_back(std::move(info));
  std::vector<Property> properties{set.begin(), set.end()};
  std::erase_if(properties, [&](const Property& each) { return each.info->name == kept.name; });
  properties.push_back({&kept, value});
  set = PropertySet{std::move(properties)};
}

namespace {

PropertyInfo described(const std::string& name, PropertyKind kind) {
  PropertyInfo info;
  info.name = name;
  info.kind = kind;
  return info;
}

}  // namespace

void add_enum(SnapshotBuilder& builder, PropertySet& set, const std::string& name, Entries entries,
              std::uint64_t value) {
  PropertyInfo info = described(name, PropertyKind::enumeration);
  info.entries = std::move(entries);
  add_property(builder, set, std::move(info), value);
}

void add_bitmask(SnapshotBuilder& builder, PropertySet& set, const std::string& name,
                 Entries entries, std::uint64_t value) {
  PropertyInfo info = described(name, PropertyKind::bitmask);
  info.entries = std::move(entries);
  add_property(builder, set, std::move(info), value);
}

void add_range(SnapshotBuilder& builder, PropertySet& set, const std::string& name,
               std::uint64_t least, std::uint64_t greatest, std::uint64_t value) {
  PropertyInfo info = described(name, PropertyKind::range);
  info.limits = {least, greatest};
  add_property(builder, set, std::move(info), value);
}

void add_signed_range(SnapshotBuilder& builder, PropertySet& set, const std::string& name,
                      std::uint64_t value) {
  PropertyInfo info = described(name, PropertyKind::signed_range);
  info.limits = {0xffffffff80000000, 0x7fffffff};
  add_property(builder, set, std::move(info), value);
}

void add_blob(SnapshotBuilder& builder, PropertySet& set, const std::string& name, Bytes bytes) {
  PropertyInfo info = described(name, PropertyKind::blob);
  info.immutable = true;
  const BlobId id{5000 + static_cast<std::uint32_t>(builder.data.blobs.size())};
  builder.data.blobs[id] = std::move(bytes);
  add_property(builder, set, std::move(info), id.raw());
}

void describe_fb(SnapshotBuilder& builder, std::size_t plane, Size size, Format format,
                 std::optional<Modifier> modifier) {
  FramebufferInfo fb;
  fb.id = builder.data.planes[plane].fb;
  fb.size = size;
  fb.format = format;
  fb.modifier = modifier;
  fb.planes = {{static_cast<std::uint32_t>(size.width) * 4, 0}};
  builder.data.framebuffers.push_back(std::move(fb));
}

void add_colorop(SnapshotBuilder& builder, std::uint32_t id, const std::string& type,
                 std::uint32_t next) {
  Colorop op{id, {}};
  add_enum(builder, op.properties, "TYPE", {{0, type}}, 0);
  add_range(builder, op.properties, "BYPASS", 0, 1, 0);
  PropertyInfo info = described("NEXT", PropertyKind::object);
  add_property(builder, op.properties, std::move(info), next);
  builder.data.colorops.push_back(std::move(op));
}

Bytes format_table_blob(const std::vector<Format>& formats,
                        const std::vector<Modifier>& modifiers) {
  std::vector<drm_format_modifier> rows;
  for (const Modifier modifier : modifiers) {
    for (std::size_t offset = 0; offset < formats.size(); offset += 64) {
      const std::size_t count = std::min<std::size_t>(64, formats.size() - offset);
      drm_format_modifier row{};
      row.formats = ~std::uint64_t{0} >> (64 - count);
      row.offset = static_cast<std::uint32_t>(offset);
      row.modifier = modifier.value();
      rows.push_back(row);
    }
  }
  drm_format_modifier_blob head{};
  head.version = FORMAT_BLOB_CURRENT;
  head.count_formats = static_cast<std::uint32_t>(formats.size());
  head.formats_offset = sizeof head;
  head.count_modifiers = static_cast<std::uint32_t>(rows.size());
  // Rows are 64-bit aligned.
  head.modifiers_offset = (head.formats_offset + 4 * head.count_formats + 7) & ~7u;
  Bytes blob(head.modifiers_offset + rows.size() * sizeof(drm_format_modifier));
  std::memcpy(blob.data(), &head, sizeof head);
  for (std::size_t i = 0; i < formats.size(); ++i) {
    const std::uint32_t fourcc = formats[i].fourcc();
    std::memcpy(blob.data() + head.formats_offset + 4 * i, &fourcc, sizeof fourcc);
  }
  std::memcpy(blob.data() + head.modifiers_offset, rows.data(),
              rows.size() * sizeof(drm_format_modifier));
  return blob;
}

// VESA E-EDID 1.4, section 3: offsets as in its table 3.1.
Bytes edid_blob(std::string_view monitor_name, Size size_cm) {
  std::array<unsigned, 128> edid{0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00};
  edid[8] = 0x17;  // "EXA", five bits a letter
  edid[9] = 0x01;
  edid[16] = 1;   // week
  edid[17] = 33;  // 2023
  edid[18] = 1;
  edid[19] = 4;
  edid[20] = 0xa5;  // digital, 8 bits per channel, DisplayPort
  edid[21] = static_cast<unsigned>(size_cm.width);
  edid[22] = static_cast<unsigned>(size_cm.height);
  edid[23] = 120;                                        // gamma 2.2
  edid[24] = 0x02;                                       // preferred timing is native
  for (std::size_t i = 38; i < 54; ++i) edid[i] = 0x01;  // no standard timings
  constexpr unsigned full_hd[] = {0x02, 0x3a, 0x80, 0x18, 0x71, 0x38, 0x2d, 0x40, 0x58,
                                  0x2c, 0x45, 0x00, 0x58, 0xc2, 0x10, 0x00, 0x00, 0x1e};
  std::ranges::copy(full_hd, edid.begin() + 54);
  edid[75] = 0xfc;  // a descriptor with the display's name, ended by a line feed
  std::size_t at = 77;
  for (const char c : monitor_name.substr(0, 12)) edid[at++] = static_cast<unsigned char>(c);
  edid[at++] = '\n';
  while (at < 90) edid[at++] = ' ';
  edid[93] = 0x10;  // two dummy descriptors
  edid[111] = 0x10;
  edid[127] = (256 - std::accumulate(edid.begin(), edid.end() - 1, 0u) % 256) % 256;
  Bytes bytes;
  for (const unsigned byte : edid) bytes.push_back(static_cast<std::byte>(byte));
  return bytes;
}

}  // namespace drmshow::test
