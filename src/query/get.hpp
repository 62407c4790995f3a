// `drm-query get PATH`: one value, for scripts. Pure.
#pragma once

#include <string>

#include "query/json/json.hpp"
#include "query/path.hpp"

namespace drmshow {

/// As text: a line, or for what has parts (an EDID, IN_FORMATS, a list) a line for each. FIELD is a
/// property ("vrr_capable"), a property and a member of what it means ("EDID.serial"), or a member
/// of the object's JSON ("status_name", "modes.0.refresh"). Throws Error: not_found.
std::string get_text(const Target& target);

/// As JSON: all that there is to say about it.
Json get_json(const Target& target);

/// The bare value: of a blob its bytes, of any other property its number in decimal. Throws Error:
/// not_found; usage if it is no property.
std::string get_raw(const Target& target);

}  // namespace drmshow
