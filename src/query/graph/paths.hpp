// The active paths of the routing graph drawn with characters. Pure.
#pragma once

#include <string>

#include "query/graph/graph.hpp"

namespace drmshow {

/// A line for each framebuffer and each output; what they have in common is drawn once.
std::string active_paths(const Graph& graph, Charset charset);

}  // namespace drmshow
