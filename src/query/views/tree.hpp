// Everything about a device, as a tree. Pure.
#pragma once

#include <string>

#include "kms/report.hpp"
#include "query/text/style.hpp"
#include "query/views/object_nodes.hpp"

namespace drmshow {

std::string tree(const Report& report, const TextStyle& style, Timings timings = Timings::hide);

}  // namespace drmshow
