// Every state that a World can get into, and the graph of them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "model/world.hpp"

namespace drmshow::model {

struct Edge {
  std::uint32_t to;
  std::uint8_t action;  ///< in Graph::actions
};

/// What each state is, for the questions about the graph.
enum Mark : std::uint8_t {
  is_console = 1,   ///< a text console is shown, and all is over
  is_tracking = 2,  ///< the frame that is followed is in the ring
  may_acquire = 4,  ///< acquire() would give a slot, or one is being drawn into
  is_closed = 8,
  is_drained = 16,
  is_away = 32,  ///< no output is there
};

struct Graph {
  Setup setup;
  std::vector<Action> actions;
  std::vector<std::uint8_t> marks;    ///< of each state
  std::vector<std::uint64_t> first;   ///< of its edges; one more than states
  std::vector<Edge> edges;            ///< if they were wanted
  std::vector<std::uint32_t> parent;  ///< on a shortest way from the start
  std::vector<std::uint8_t> by;       ///< the action that led from there
  std::vector<std::uint64_t> taken;   ///< how often, of each Act
  std::uint64_t transitions = 0;
  int depth = 0;
  std::string failure;  ///< what is wrong, with the steps that lead there; empty if nothing
};

struct Limits {
  std::size_t states = 400'000'000;
  bool keep_edges = false;
};

Graph explore(const Setup& setup, const Limits& limits);

/// The steps from the start to `state`, a line each.
std::string trace(const Graph& graph, std::uint32_t state);

std::string describe(const Setup& setup);

}  // namespace drmshow::model
