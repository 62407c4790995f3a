// Many idle objects of the routing graph drawn as one: a GPU has up to dozens of idle planes that
// differ in nothing but their id. Pure.
#pragma once

#include "query/graph.hpp"

namespace drmshow {

/// Idle planes and encoders that have the same possible edges become one node each ("+52 idle
/// planes") where there are three or more of them; and all in a column do where too many boxes
/// would be left even so.
Graph folded(const Graph& graph);

}  // namespace drmshow
