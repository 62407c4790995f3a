#include "query/views/format_columns.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "drm/format_table.hpp"
#include "query/object_ref.hpp"
#include "query/values/decoded.hpp"

namespace drmshow {
namespace {

void add_use(FormatColumn& column, FormatAndModifier pair, FormatUse use) {
  const auto [at, added] = column.uses.try_emplace(pair, use);
  if (added) column.order.push_back(pair);
  if (use == FormatUse::shown_async) at->second = use;
}

std::string column_name(const FormatColumn& column) {
  return column.writeback ? label(*column.writeback) : label(column.planes.front()->id);
}

// False if the plane has no such list, or none that tells anything.
bool add_table(const Snapshot& kms, const Plane& plane, std::string_view property, FormatUse use,
               FormatColumns& all, FormatColumn& column) {
  const auto id = plane.properties.value(property);
  if (!id || *id == 0) return false;
  const auto bytes = kms.blob(BlobId{static_cast<std::uint32_t>(*id)});
  if (!bytes) {
    all.problems.push_back(
        fmt::format("{} of {} could not be read.", property, column_name(column)));
    return false;
  }
  const FormatTable table = parse_format_table(*bytes);
  if (!table.problem.empty()) {
    all.problems.push_back(
        fmt::format("{} of {} is damaged: {}.", property, column_name(column), table.problem));
  }
  for (const FormatTable::Row& row : table.rows) {
    for (const Format format : row.formats) add_use(column, {format, row.modifier}, use);
  }
  return !column.order.empty();
}

FormatColumn plane_column(const Snapshot& kms, const Plane& plane, FormatColumns& all) {
  FormatColumn column;
  column.planes = {&plane};
  if (!add_table(kms, plane, "IN_FORMATS", FormatUse::shown, all, column)) {
    for (const Format format : plane.formats) {
      add_use(column, {format, std::nullopt}, FormatUse::shown);
    }
  }
  add_table(kms, plane, "IN_FORMATS_ASYNC", FormatUse::shown_async, all, column);
  return column;
}

FormatColumn writeback_column(const Snapshot& kms, const Connector& connector) {
  FormatColumn column;
  column.writeback = &connector;
  const Property* property = connector.properties.find("WRITEBACK_PIXEL_FORMATS");
  if (!property) return column;
  const Decoded decoded = decode(kms, *property);
  if (const auto* list = std::get_if<FormatList>(&decoded)) {
    for (const Format format : list->formats) {
      add_use(column, {format, std::nullopt}, FormatUse::shown);
    }
  }
  return column;
}

bool same(const FormatColumn& a, const FormatColumn& b) {
  return !a.writeback && !b.writeback && a.planes.front()->type == b.planes.front()->type &&
         a.uses == b.uses;
}

}  // namespace

FormatColumns format_columns(const Snapshot& kms) {
  FormatColumns all;
  for (const Plane& plane : kms.planes()) all.columns.push_back(plane_column(kms, plane, all));
  for (const Connector& connector : kms.connectors()) {
    if (connector.is_writeback()) all.columns.push_back(writeback_column(kms, connector));
  }
  return all;
}

std::vector<FormatColumn> grouped(std::vector<FormatColumn> columns) {
  std::vector<FormatColumn> groups;
  for (FormatColumn& column : columns) {
    const auto found =
        std::ranges::find_if(groups, [&](const FormatColumn& each) { return same(each, column); });
    if (found == groups.end()) {
      groups.push_back(std::move(column));
    } else {
      found->planes.push_back(column.planes.front());
    }
  }
  return groups;
}

}  // namespace drmshow
