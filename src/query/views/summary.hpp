// The view that is shown first: what is connected, at what mode, through what. Pure.
#pragma once

#include <span>
#include <string>

#include "kms/report.hpp"
#include "query/text/style.hpp"

namespace drmshow {

/// A heading for each device and a line for each of its outputs; two lines, in two tables, where
/// the screen is narrow.
std::string summary(std::span<const Report> reports, const TextStyle& style);

}  // namespace drmshow
