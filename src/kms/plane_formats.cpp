#include "kms/plane_formats.hpp"

#include <algorithm>

#include "drm/format_table.hpp"

namespace drmshow {
namespace {

std::optional<FormatTable> table_of(const Snapshot& snapshot, const Plane& plane) {
  const auto id = plane.properties.value(props::in_formats.name);
  if (!id) return std::nullopt;
  const auto blob = snapshot.blob(BlobId{static_cast<std::uint32_t>(*id)});
  if (!blob) return std::nullopt;
  FormatTable table = parse_format_table(*blob);
  return table.formats.empty() ? std::nullopt : std::optional{std::move(table)};
}

std::vector<Modifier> modifiers_of(const FormatTable& table, Format format) {
  std::vector<Modifier> modifiers;
  for (const FormatTable::Row& row : table.rows) {
    const bool has_it = std::ranges::find(row.formats, format) != row.formats.end();
    const bool is_new = std::ranges::find(modifiers, row.modifier) == modifiers.end();
    if (has_it && is_new) modifiers.push_back(row.modifier);
  }
  return modifiers;
}

bool is_taken(std::span<const Route> routes, const Plane& plane) {
  return std::ranges::any_of(
      routes, [&](const Route& route) { return route.plane && route.plane->id == plane.id; });
}

bool may_serve(std::span<const Route> routes, const Plane& plane) {
  return plane.type != PlaneType::cursor && std::ranges::any_of(routes, [&](const Route& route) {
           return plane.possible_crtcs.contains(route.crtc->index);
         });
}

}  // namespace

PlaneFormats plane_formats(const Snapshot& snapshot, const Plane& plane) {
  PlaneFormats formats;
  const auto table = table_of(snapshot, plane);
  for (const Format format : table ? table->formats : plane.formats) {
    formats.push_back({format, table ? modifiers_of(*table, format) : std::vector<Modifier>{}});
  }
  return formats;
}

ScanoutWish scanout_wish(const Snapshot& snapshot, std::span<const Route> routes, Size size,
                         Format format) {
  ScanoutWish wish{size, {}, {}, false};
  for (const Route& route : routes) {
    wish.planes.push_back(route.plane ? plane_formats(snapshot, *route.plane)
                                      : PlaneFormats{{format, {}}});
  }
  for (const Plane& plane : snapshot.planes()) {
    if (is_taken(routes, plane) || !may_serve(routes, plane)) continue;
    wish.others.push_back(plane_formats(snapshot, plane));
  }
  return wish;
}

}  // namespace drmshow
