// The blob behind a plane's IN_FORMATS and IN_FORMATS_ASYNC properties: which formats can be shown
// with which modifiers (struct drm_format_modifier_blob, drm_mode.h). Pure.
//
// Our own parser: libdrm's iterator (drmModeFormatModifierBlobIterNext) shifts an int, so that it
// is wrong from the 32nd format on, and trusts every offset.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "drm-show/format.hpp"
#include "drm-show/modifier.hpp"

namespace drmshow {

struct FormatTable {
  struct Row {
    Modifier modifier;
    std::vector<Format> formats;
  };

  std::vector<Format> formats;  ///< all, in the kernel's order
  std::vector<Row> rows;        ///< in the kernel's order; a modifier may come in several rows
  /// Why the blob was not read to its end ("the modifiers lie beyond the blob's end"); empty if all
  /// was well.
  std::string problem;

  bool supports(Format format, Modifier modifier) const;
};

FormatTable parse_format_table(std::span<const std::byte> blob);

}  // namespace drmshow
