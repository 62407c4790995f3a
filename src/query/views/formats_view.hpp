// Which pixel formats with which modifiers each plane can show. Pure.
#pragma once

#include <string>

#include "kms/report.hpp"
#include "query/text/style.hpp"

namespace drmshow {

/// A column for each plane and writeback connector, or for several that take the same; below each
/// list of formats that are treated alike a line for each of their modifiers.
std::string formats_view(const Report& report, const TextStyle& style);

}  // namespace drmshow
