// Questions about the graph of all states: what can always be reached, and what cannot be put off
// for ever.
#pragma once

#include <string>

#include "explorer.hpp"

namespace drmshow::model {

/// A state from which no state with `mark` can be reached; empty if there is none.
std::string cannot_reach(const Graph& graph, Mark mark);

/// A way to go on for ever among states of which `stays` is true although nothing that could happen
/// at all times is put off for ever (weak fairness); empty if there is none. `stays` gets the
/// marks.
std::string can_go_on(const Graph& graph, bool (*stays)(std::uint8_t marks));

}  // namespace drmshow::model
