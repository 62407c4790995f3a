// Explores every state of the shipped FrameRing and asks what must be true of all of them.
//
//   frame-ring-model [fifo|mailbox] [quick|deep]
//
// Without "quick" or "deep": what continuous integration runs, ten million states in both. "quick"
// is for mutants; "deep" takes some minutes and two gigabytes.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "liveness.hpp"

namespace {

using namespace drmshow::model;
using drmshow::RingPolicy;
using drmshow::SlotReturn;

struct Totals {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  int depth = 0;
  std::vector<std::uint64_t> taken = std::vector<std::uint64_t>(act_count);
};

bool report(const Setup& setup, const char* what, const std::string& failure) {
  if (failure.empty()) return true;
  std::printf("FAILED: %s: %s\n%s", describe(setup).c_str(), what, failure.c_str());
  return false;
}

std::string nobody_draws(const Graph& graph) {
  return can_go_on(graph,
                   [](std::uint8_t marks) { return (marks & (may_acquire | is_closed)) == 0; });
}

// L1, L2: under a display that goes on, what has been submitted does not stay, whoever wants to
// draw gets a slot, and closing comes to an end.
bool check_liveness(const Graph& graph) {
  const Setup& setup = graph.setup;
  return report(setup, "no text console from here", cannot_reach(graph, is_console)) &&
         report(setup, "a submitted frame stays for ever",
                can_go_on(graph, [](std::uint8_t marks) { return (marks & is_tracking) != 0; })) &&
         report(setup, "nobody ever gets a slot again", nobody_draws(graph)) &&
         report(setup, "closing does not end", can_go_on(graph, [](std::uint8_t marks) {
                  return (marks & is_closed) != 0 && (marks & is_drained) == 0;
                }));
}

Graph explored(const Setup& setup, const Limits& limits, Totals& totals) {
  const auto start = std::chrono::steady_clock::now();
  Graph graph = explore(setup, limits);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::printf("%-28s %s%10zu states %11llu transitions, depth %3d, %5.1f s\n",
              describe(setup).c_str(), setup.track ? "live " : "     ", graph.marks.size(),
              static_cast<unsigned long long>(graph.transitions), graph.depth, took.count());
  std::fflush(stdout);
  totals.states += graph.marks.size();
  totals.transitions += graph.transitions;
  totals.depth = std::max(totals.depth, graph.depth);
  for (int i = 0; i < act_count; ++i)
    totals.taken[static_cast<std::size_t>(i)] += graph.taken[static_cast<std::size_t>(i)];
  return graph;
}

bool run(const Setup& setup, Totals& totals) {
  const Graph graph = explored(setup, {.keep_edges = setup.track}, totals);
  return report(setup, "in some state", graph.failure) && (!setup.track || check_liveness(graph));
}

// Why it takes three slots over Wayland: of two, one is on the screen, and the compositor may keep
// the other one until it gets another frame, which nobody can draw.
bool run_with_too_few(RingPolicy policy, Totals& totals) {
  const Setup setup{
      .slots = 2, .policy = policy, .slot_return = SlotReturn::release, .keeps_last = true};
  const Graph graph = explored(setup, {.keep_edges = true}, totals);
  return report(setup, "in some state", graph.failure) &&
         report(setup, "two slots are enough, other than FrameRing says",
                nobody_draws(graph).empty() ? "\n" : "");
}

// Nothing holds because it never happens.
bool check_all_happened(const Totals& totals) {
  bool all = true;
  for (int i = 0; i < act_count; ++i) {
    if (totals.taken[static_cast<std::size_t>(i)] != 0) continue;
    std::printf("FAILED: never happened: %s\n", name(Act{static_cast<std::uint8_t>(i)}));
    all = false;
  }
  return all;
}

// Mirrored outputs multiply: they are explored up to the names of slots, and the questions about
// the graph, for which a slot has to keep its name, are asked of smaller ones.
std::vector<Setup> setups(RingPolicy policy, const std::string& how) {
  std::vector<Setup> all;
  const bool quick = how == "quick";
  for (int slots = 2; slots <= 3; ++slots) {
    all.push_back({.slots = slots, .policy = policy, .leaves = 3});
    all.push_back({.slots = slots, .policy = policy, .track = true});
    Setup wayland{
        .slots = slots, .policy = policy, .leaves = 3, .slot_return = SlotReturn::release};
    all.push_back(wayland);
    wayland.leaves = 1;
    wayland.track = true;
    wayland.keeps_last = slots == 3;
    all.push_back(wayland);
  }
  all.push_back({.policy = policy, .outputs = 2, .leaves = 2, .rename = true, .unseen = !quick});
  if (quick) return all;
  all.push_back({.slots = 4, .policy = policy, .leaves = 2});
  all.push_back({.slots = 4, .policy = policy, .track = true, .unseen = false});
  all.push_back({.policy = policy, .outputs = 2, .leaves = 0, .track = true, .unseen = false});
  // Frames that wait make many more states.
  const int leaves = policy == RingPolicy::fifo && how != "deep" ? 0 : 2;
  all.push_back({.slots = 4, .policy = policy, .outputs = 2, .leaves = leaves, .rename = true});
  if (how != "deep") return all;
  all.push_back({.slots = 4, .policy = policy, .slot_return = SlotReturn::release});
  all.push_back({.policy = policy, .outputs = 2, .leaves = 3});
  all.push_back({.policy = policy, .outputs = 2, .track = true});
  return all;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto is = [&](const char* word) { return std::ranges::find(words, word) != words.end(); };
  Totals totals;
  for (const RingPolicy policy : {RingPolicy::fifo, RingPolicy::mailbox}) {
    if (is(policy == RingPolicy::fifo ? "mailbox" : "fifo")) continue;
    for (const Setup& setup : setups(policy, is("quick") ? "quick" : is("deep") ? "deep" : "")) {
      if (!run(setup, totals)) return 1;
    }
    if (!run_with_too_few(policy, totals)) return 1;
  }
  std::printf("%llu states, %llu transitions, depth %d\n",
              static_cast<unsigned long long>(totals.states),
              static_cast<unsigned long long>(totals.transitions), totals.depth);
  return check_all_happened(totals) ? 0 : 1;
}
