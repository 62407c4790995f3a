#include "explorer.hpp"

#include <algorithm>
#include <deque>

namespace drmshow::model {
namespace {

// No compositor loses a frame callback; one that is late may be as late as it likes.
bool happens(Act act, const Setup& setup) {
  const bool wayland = setup.slot_return == SlotReturn::release;
  if (act == Act::release || act == Act::release_early) return wayland;
  if (act == Act::vblank_event_lost || act == Act::watchdog || act == Act::reset) return !wayland;
  return act != Act::track || setup.track;
}

std::vector<Action> all_actions(const Setup& setup) {
  std::vector<Action> actions;
  for (int a = 0; a < act_count; ++a) {
    const Act act{static_cast<std::uint8_t>(a)};
    int times = 1;
    if (act >= Act::signal && act <= Act::expire) times = setup.slots;
    if ((act >= Act::commit && act <= Act::enter) || act == Act::track) times = setup.outputs;
    if (act == Act::release || act == Act::release_early) times = setup.slots;
    if (!happens(act, setup)) continue;
    for (int i = 0; i < times; ++i) actions.push_back({act, static_cast<std::uint8_t>(i)});
  }
  return actions;
}

/// The states found so far, by key: open addressing, because there are many millions, and all in
/// one place, because each look costs a miss of the cache.
class States {
 public:
  States() : table_(1u << 16) {}

  /// The state's number, and whether it is new.
  std::pair<std::uint32_t, bool> add(const Key& key) {
    if (size_ * 2 > table_.size()) grow();
    Entry& entry = find(key);
    if (entry.number != none) return {entry.number, false};
    entry = {key, size_++};
    return {entry.number, true};
  }
  std::size_t size() const { return size_; }

 private:
  static constexpr std::uint32_t none = 0xffffffff;
  struct Entry {
    Key key;
    std::uint32_t number = none;
  };

  Entry& find(const Key& key) {
    std::uint64_t mixed = (key.low ^ (key.high * 0x9e3779b97f4a7c15u)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 31)) * 0x94d049bb133111ebu;
    std::size_t at = static_cast<std::size_t>(mixed ^ (mixed >> 29)) & (table_.size() - 1);
    while (table_[at].number != none && table_[at].key != key) at = (at + 1) & (table_.size() - 1);
    return table_[at];
  }
  void grow() {
    std::vector<Entry> old(table_.size() * 2);
    old.swap(table_);
    for (const Entry& entry : old) {
      if (entry.number != none) find(entry.key) = entry;
    }
  }

  std::vector<Entry> table_;
  std::uint32_t size_ = 0;
};

std::uint8_t marks_of(const World& world, const Setup& setup) {
  const FrameRing& ring = world.ring();
  FrameRing copy = ring;
  bool drawing = false;
  for (int i = 0; i < setup.slots; ++i) drawing |= ring.use(i) == SlotUse::drawing;
  bool away = true;
  for (int i = 0; i < setup.outputs; ++i) away = away && ring.away(i);
  int marks = 0;
  if (world.console()) marks |= is_console;
  if (world.tracking()) marks |= is_tracking;
  if (drawing || copy.acquire()) marks |= may_acquire;
  if (ring.closed()) marks |= is_closed;
  if (ring.drained()) marks |= is_drained;
  if (away) marks |= is_away;
  return static_cast<std::uint8_t>(marks);
}

class Search {
 public:
  Search(const Setup& setup, const Limits& limits) : limits_{limits} {
    graph_.setup = setup;
    graph_.actions = all_actions(setup);
    graph_.taken.resize(act_count);
  }

  Graph run() {
    World start{graph_.setup};
    found(start, 0, 0);
    queue_.push_back(start);
    std::size_t level = 1;  // how many are as deep as the first one
    while (!queue_.empty() && graph_.failure.empty()) {
      expand(queue_.front());
      queue_.pop_front();
      if (--level != 0 || queue_.empty()) continue;
      level = queue_.size();
      ++graph_.depth;
    }
    graph_.first.push_back(graph_.edges.size());
    return std::move(graph_);
  }

 private:
  std::pair<std::uint32_t, bool> found(const World& world, std::uint32_t from, std::uint8_t by) {
    const auto [number, is_new] = states_.add(world.key());
    if (is_new) {
      graph_.marks.push_back(marks_of(world, graph_.setup));
      graph_.parent.push_back(from);
      graph_.by.push_back(by);
      if (states_.size() > limits_.states) graph_.failure = "more states than allowed";
    }
    return {number, is_new};
  }

  void expand(const World& world) {
    const std::uint32_t here = expanded_++;
    graph_.first.push_back(graph_.edges.size());
    bool stuck = true;
    for (std::size_t a = 0; a < graph_.actions.size(); ++a) {
      if (!world.may(graph_.actions[a])) continue;
      World after = world;
      if (!after.apply(graph_.actions[a])) continue;
      stuck = false;
      const auto by = static_cast<std::uint8_t>(a);
      ++graph_.transitions;
      ++graph_.taken[static_cast<std::size_t>(graph_.actions[a].act)];
      const auto [number, is_new] = found(after, here, by);
      if (limits_.keep_edges) graph_.edges.push_back({number, by});
      const char* wrong = is_new ? after.check() : after.error();
      if (wrong) return fail(wrong, here, graph_.actions[a], after);
      if (is_new) queue_.push_back(after);
    }
    if (stuck && !world.over()) fail("deadlock", here, {Act::abort, 0}, world);
  }

  void fail(const char* wrong, std::uint32_t from, Action action, const World& after) {
    graph_.failure = std::string{wrong} + "\n" + trace(graph_, from) + "  " + to_string(action) +
                     "  ->  " + after.text() + "\n";
  }

  Limits limits_;
  Graph graph_;
  std::deque<World> queue_;
  States states_;
  std::uint32_t expanded_ = 0;
};

}  // namespace

Graph explore(const Setup& setup, const Limits& limits) {
  return Search{setup, limits}.run();
}

std::string trace(const Graph& graph, std::uint32_t state) {
  std::vector<Action> steps;
  for (; state != 0; state = graph.parent[state]) steps.push_back(graph.actions[graph.by[state]]);
  std::ranges::reverse(steps);
  World world{graph.setup};
  std::string text;
  for (const Action step : steps) {
    world.apply(step);
    text += "  " + to_string(step) + "  ->  " + world.text() + "\n";
  }
  return text;
}

std::string describe(const Setup& setup) {
  const bool wayland = setup.slot_return == SlotReturn::release;
  return std::to_string(setup.slots) + " slots, " +
         (setup.policy == RingPolicy::fifo ? "fifo" : "mailbox") + ", " +
         (wayland ? setup.keeps_last ? "late releases" : "releases"
                  : std::to_string(setup.outputs) + (setup.outputs == 1 ? " output" : " outputs"));
}

}  // namespace drmshow::model
