// Reports and texts that the tests of JSON share.
#pragma once

#include <string>
#include <vector>

#include "kms/report.hpp"
#include "query/json/json.hpp"

namespace drmshow::test {

/// Small, but with all that a report can have: each kind of property at its limits, blobs that are
/// there, empty and gone, framebuffers with and without format, colour operations, what vanished.
Report everything();

/// As drm-query --json writes them.
using drmshow::json_of;
std::string json_of(const Report& report);

/// What is written after reading `text`. Throws Error.
std::string written_again(const std::string& text);

}  // namespace drmshow::test
