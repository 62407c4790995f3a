// Which planes and writeback connectors take which formats with which modifiers: the data of the
// formats view. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "drm-show/snapshot.hpp"

namespace drmshow {

/// nullopt: implicit, whatever the driver thinks best.
struct FormatAndModifier {
  Format format;
  std::optional<Modifier> modifier;
  friend auto operator<=>(const FormatAndModifier&, const FormatAndModifier&) = default;
};

enum class FormatUse { shown, shown_async };

/// What one plane or writeback connector takes, or several that take the same.
struct FormatColumn {
  std::vector<const Plane*> planes;      ///< all of one type
  const Connector* writeback = nullptr;  ///< then there are no planes
  std::map<FormatAndModifier, FormatUse> uses;
  std::vector<FormatAndModifier> order;  ///< the keys, as the kernel lists them
};

struct FormatColumns {
  std::vector<FormatColumn> columns;
  std::vector<std::string> problems;  ///< whole sentences about damaged lists
};

FormatColumns format_columns(const Snapshot& kms);

/// Planes of one type that take the same share a column.
std::vector<FormatColumn> grouped(std::vector<FormatColumn> columns);

}  // namespace drmshow
