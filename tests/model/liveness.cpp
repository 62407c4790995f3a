#include "liveness.hpp"

#include <algorithm>
#include <deque>

namespace drmshow::model {
namespace {

using State = std::uint32_t;
constexpr State none = 0xffffffff;

// What happens sooner or later if it could happen all the time: hardware and our own loop do their
// part. Nobody owes us a picture, a refusal or the end.
constexpr Act fair_acts[] = {Act::submit, Act::signal,   Act::commit, Act::vblank,
                             Act::event,  Act::watchdog, Act::enter,  Act::release};

// Whichever way a vertical blank goes, it is one.
Act kind(Act act) {
  return act == Act::vblank_event_late || act == Act::vblank_event_lost ? Act::vblank : act;
}

/// Tarjan's strongly connected components of the states that stay, without recursion: the graph is
/// millions of states deep.
class Components {
 public:
  Components(const Graph& graph, bool (*stays)(std::uint8_t))
      : graph_{graph}, stays_{stays}, index_(graph.marks.size(), none), low_(graph.marks.size()) {}

  /// `visit` gets each component; it says whether to go on.
  template <class Visit>
  void each(Visit visit) {
    for (State root = 0; root < graph_.marks.size(); ++root) {
      if (stays_(graph_.marks[root]) && index_[root] == none && !grow(root, visit)) return;
    }
  }

 private:
  struct Step {
    State state;
    std::uint64_t edge;
  };

  void enter(State state) {
    index_[state] = low_[state] = next_++;
    stack_.push_back(state);
    way_.push_back({state, graph_.first[state]});
  }

  template <class Visit>
  bool grow(State root, Visit visit) {
    enter(root);
    while (!way_.empty()) {
      Step& step = way_.back();
      if (step.edge < graph_.first[step.state + 1]) {
        look(step.state, graph_.edges[step.edge++].to);
        continue;
      }
      const State done = step.state;
      way_.pop_back();
      if (!way_.empty()) low_[way_.back().state] = std::min(low_[way_.back().state], low_[done]);
      if (low_[done] == index_[done] && !leave(done, visit)) return false;
    }
    return true;
  }

  void look(State from, State to) {
    if (!stays_(graph_.marks[to])) return;
    if (index_[to] == none) {
      enter(to);
    } else if (index_[to] != closed) {
      low_[from] = std::min(low_[from], index_[to]);
    }
  }

  template <class Visit>
  bool leave(State root, Visit visit) {
    const auto begin = std::find(stack_.rbegin(), stack_.rend(), root).base() - 1;
    const std::vector<State> component(begin, stack_.end());
    stack_.erase(begin, stack_.end());
    for (const State state : component) index_[state] = closed;
    return visit(component);
  }

  static constexpr State closed = 0xfffffffe;
  const Graph& graph_;
  bool (*stays_)(std::uint8_t);
  std::vector<State> index_;
  std::vector<State> low_;
  std::vector<State> stack_;
  std::vector<Step> way_;
  State next_ = 0;
};

// Of one action (and output or slot): can it always happen in this component, and does it lead out
// each time?
class Fairness {
 public:
  Fairness(const Graph& graph, const std::vector<State>& component)
      : graph_{graph}, component_{component} {
    for (const State state : component) inside_.push_back(state);
    std::ranges::sort(inside_);
  }

  bool has_cycle() const {
    return std::ranges::any_of(component_, [&](State state) {
      return any_edge(state, [&](const Edge& edge) { return inside(edge.to); });
    });
  }

  bool may_go_on() const {
    for (const Action& action : graph_.actions) {
      if (std::ranges::find(fair_acts, action.act) == std::end(fair_acts)) continue;
      if (always_possible(action) && !stays_inside(action)) return false;
    }
    return true;
  }

 private:
  template <class Test>
  bool any_edge(State state, Test test) const {
    for (auto i = graph_.first[state]; i < graph_.first[state + 1]; ++i) {
      if (test(graph_.edges[i])) return true;
    }
    return false;
  }
  bool inside(State state) const { return std::ranges::binary_search(inside_, state); }
  bool is(const Edge& edge, const Action& action) const {
    const Action taken = graph_.actions[edge.action];
    return kind(taken.act) == action.act && taken.which == action.which;
  }
  bool always_possible(const Action& action) const {
    return std::ranges::all_of(component_, [&](State state) {
      return any_edge(state, [&](const Edge& edge) { return is(edge, action); });
    });
  }
  bool stays_inside(const Action& action) const {
    return std::ranges::any_of(component_, [&](State state) {
      return any_edge(state, [&](const Edge& edge) { return is(edge, action) && inside(edge.to); });
    });
  }

  const Graph& graph_;
  const std::vector<State>& component_;
  std::vector<State> inside_;
};

}  // namespace

std::string cannot_reach(const Graph& graph, Mark mark) {
  const std::size_t count = graph.marks.size();
  std::vector<std::uint64_t> first(count + 1);
  for (const Edge& edge : graph.edges) ++first[edge.to + 1];
  for (std::size_t i = 0; i < count; ++i) first[i + 1] += first[i];
  std::vector<State> from(graph.edges.size());
  std::vector<std::uint64_t> at(first.begin(), first.end() - 1);
  for (State state = 0; state < count; ++state) {
    for (auto i = graph.first[state]; i < graph.first[state + 1]; ++i)
      from[at[graph.edges[i].to]++] = state;
  }
  std::vector<bool> reaches(count);
  std::deque<State> queue;
  for (State state = 0; state < count; ++state) {
    if ((graph.marks[state] & mark) == 0) continue;
    reaches[state] = true;
    queue.push_back(state);
  }
  for (; !queue.empty(); queue.pop_front()) {
    for (auto i = first[queue.front()]; i < first[queue.front() + 1]; ++i) {
      if (reaches[from[i]]) continue;
      reaches[from[i]] = true;
      queue.push_back(from[i]);
    }
  }
  const auto bad = std::ranges::find(reaches, false);
  return bad == reaches.end() ? "" : trace(graph, static_cast<State>(bad - reaches.begin()));
}

std::string can_go_on(const Graph& graph, bool (*stays)(std::uint8_t marks)) {
  std::string found;
  Components{graph, stays}.each([&](const std::vector<State>& component) {
    const Fairness fairness{graph, component};
    const bool stuck = component.size() == 1 && !fairness.has_cycle();
    // A state without a way on is one that the world may stay in, too.
    if (!fairness.may_go_on()) return true;
    found = trace(graph, component.front()) +
            (stuck ? "  and there it stays\n" : "  and so on, for ever\n");
    return false;
  });
  return found;
}

}  // namespace drmshow::model
