// JSON text of strangers to values, within limits. Pure.
#pragma once

#include <string>
#include <string_view>

#include "query/json/json.hpp"

namespace drmshow {

/// `source` names the file in errors. Throws Error (bad_content), with line and column for what is
/// not JSON.
Json parse_json(std::string_view text, const std::string& source);

}  // namespace drmshow
