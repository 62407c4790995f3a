// Many idle objects of the routing graph drawn as one: a GPU has up to dozens of idle planes that
// differ in nothing but their id. Pure.
#pragma once

#include "query/graph/graph.hpp"

namespace drmshow {

/// Idle planes and encoders that have the same possible edges become one node ("+52 idle planes")
/// where there are three or more of them. If too many boxes would be left, those that lead to the
/// same become one; if there are still too many, all of them do. A node that stands for several
/// has the edges of any of them.
Graph folded(const Graph& graph);

}  // namespace drmshow
