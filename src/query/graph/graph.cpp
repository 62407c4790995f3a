#include "query/graph/graph.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "query/graph/label.hpp"

namespace drmshow {
namespace {

class Builder {
 public:
  Builder(const Snapshot& snapshot, Graph& graph) : snapshot_{snapshot}, graph_{graph} {}

  void add_nodes();
  void add_active_edges();
  void add_possible_edges();
  void set_states();

 private:
  using Key = std::pair<NodeKind, std::uint32_t>;

  void add(GraphNode node);
  std::size_t at(NodeKind kind, std::uint32_t id);
  void connect(Key from, Key to, EdgeKind kind);
  void connect_plane(const Plane& plane);
  void connect_connector(const Connector& connector);
  void connect_crtcs(CrtcMask mask, Key other);
  bool shown_by_plane(const Crtc& crtc) const;
  std::uint32_t node_id(const Connector& connector) const;

  const Snapshot& snapshot_;
  Graph& graph_;
  std::map<Key, std::size_t> positions_;
  std::set<std::pair<std::size_t, std::size_t>> joined_;
};

void Builder::add(GraphNode node) {
  const Key key{node.kind, node.id};
  if (positions_.try_emplace(key, graph_.nodes.size()).second)
    graph_.nodes.push_back(std::move(node));
}

// What is referred to is drawn even if it is not listed: leases hide objects, and things vanish.
std::size_t Builder::at(NodeKind kind, std::uint32_t id) {
  add(make_unlisted_node(kind, id));
  return positions_.at({kind, id});
}

void Builder::connect(Key from, Key to, EdgeKind kind) {
  const std::size_t a = at(from.first, from.second);
  const std::size_t b = at(to.first, to.second);
  if (joined_.emplace(a, b).second) graph_.edges.push_back({a, b, kind});
}

void Builder::add_nodes() {
  for (const FramebufferInfo& fb : snapshot_.framebuffers()) add(make_node(fb));
  for (const Plane& plane : snapshot_.planes()) add(make_node(plane, snapshot_));
  for (const Crtc& crtc : snapshot_.crtcs()) add(make_node(crtc));
  for (const Encoder& encoder : snapshot_.encoders()) add(make_node(encoder));
  for (const Connector& connector : snapshot_.connectors()) {
    GraphNode node = make_node(connector, snapshot_);
    node.id = node_id(connector);
    add(std::move(node));
  }
}

// Old kernels tell no ids in sysfs: there, one that no object has.
std::uint32_t Builder::node_id(const Connector& connector) const {
  if (connector.id) return connector.id.raw();
  const auto position = &connector - snapshot_.connectors().data();
  return 0xffffffff - static_cast<std::uint32_t>(position);
}

void Builder::connect_plane(const Plane& plane) {
  const Key key{NodeKind::plane, plane.id.raw()};
  if (plane.fb) connect({NodeKind::framebuffer, plane.fb.raw()}, key, EdgeKind::active);
  if (plane.crtc) connect(key, {NodeKind::crtc, plane.crtc.raw()}, EdgeKind::active);
}

bool Builder::shown_by_plane(const Crtc& crtc) const {
  return std::ranges::any_of(snapshot_.planes(),
                             [&](const Plane& plane) { return plane.crtc == crtc.id && plane.fb; });
}

// Atomic drivers tell the connector's CRTC directly; older ones only through the encoder.
CrtcId crtc_of(const Snapshot& snapshot, const Connector& connector) {
  if (const auto id = connector.properties.value(props::connector_crtc_id.name))
    return CrtcId{static_cast<std::uint32_t>(*id)};
  const Encoder* encoder = snapshot.find(connector.encoder);
  return encoder ? encoder->crtc : CrtcId{};
}

void Builder::connect_connector(const Connector& connector) {
  const CrtcId crtc = crtc_of(snapshot_, connector);
  if (!crtc) return;
  const Key source{NodeKind::crtc, crtc.raw()};
  const Key sink{NodeKind::connector, node_id(connector)};
  if (!connector.encoder) return connect(source, sink, EdgeKind::active);
  const Key encoder{NodeKind::encoder, connector.encoder.raw()};
  connect(source, encoder, EdgeKind::active);
  connect(encoder, sink, EdgeKind::active);
}

void Builder::add_active_edges() {
  for (const Plane& plane : snapshot_.planes()) connect_plane(plane);
  for (const Crtc& crtc : snapshot_.crtcs()) {
    if (crtc.fb && !shown_by_plane(crtc))
      connect({NodeKind::framebuffer, crtc.fb.raw()}, {NodeKind::crtc, crtc.id.raw()},
              EdgeKind::active);
  }
  for (const Connector& connector : snapshot_.connectors()) connect_connector(connector);
  for (const Encoder& encoder : snapshot_.encoders()) {
    if (encoder.crtc)
      connect({NodeKind::crtc, encoder.crtc.raw()}, {NodeKind::encoder, encoder.id.raw()},
              EdgeKind::active);
  }
}

void Builder::connect_crtcs(CrtcMask mask, Key other) {
  for (const Crtc& crtc : snapshot_.crtcs()) {
    if (crtc.index.raw() >= 32 || !mask.contains(crtc.index)) continue;
    Key from{NodeKind::crtc, crtc.id.raw()};
    Key to = other;
    if (to.first < from.first) std::swap(from, to);
    connect(from, to, EdgeKind::possible);
  }
}

void Builder::add_possible_edges() {
  for (const Plane& plane : snapshot_.planes())
    connect_crtcs(plane.possible_crtcs, {NodeKind::plane, plane.id.raw()});
  for (const Encoder& encoder : snapshot_.encoders())
    connect_crtcs(encoder.possible_crtcs, {NodeKind::encoder, encoder.id.raw()});
  for (const Connector& connector : snapshot_.connectors()) {
    for (const EncoderId encoder : connector.encoders)
      connect({NodeKind::encoder, encoder.raw()}, {NodeKind::connector, node_id(connector)},
              EdgeKind::possible);
  }
}

void Builder::set_states() {
  for (const Connector& connector : snapshot_.connectors()) {
    if (connector.connection == Connection::disconnected && !connector.is_writeback())
      graph_.nodes[at(NodeKind::connector, node_id(connector))].state = NodeState::disconnected;
  }
  for (const Crtc& crtc : snapshot_.crtcs()) {
    if (crtc.mode) graph_.nodes[at(NodeKind::crtc, crtc.id.raw())].state = NodeState::active;
  }
  for (const GraphEdge& edge : graph_.edges) {
    if (edge.kind != EdgeKind::active) continue;
    graph_.nodes[edge.from].state = NodeState::active;
    graph_.nodes[edge.to].state = NodeState::active;
  }
}

std::string title_of(const Report& report) {
  const std::string name = label_text(report.name());
  return report.driver.name.empty() ? name : name + " · " + label_text(report.driver.name);
}

// Visits every active edge that leads to `connector`, each once.
template <class Visit>
void walk_upstream(const Graph& graph, const std::vector<std::vector<std::size_t>>& incoming,
                   std::size_t connector, Visit visit) {
  std::set<std::size_t> seen{connector};
  std::vector<std::size_t> open{connector};
  while (!open.empty()) {
    const std::size_t node = open.back();
    open.pop_back();
    for (const std::size_t edge : incoming[node]) {
      visit(edge);
      if (seen.insert(graph.edges[edge].from).second) open.push_back(graph.edges[edge].from);
    }
  }
}

}  // namespace

Graph routing_graph(const Report& report, Edges edges) {
  Graph graph;
  graph.title = title_of(report);
  if (!report.kms) {
    graph.note = "This device only renders: it drives no displays.";
    return graph;
  }
  if (report.access == Access::sysfs_only)
    graph.note = "The device could not be opened: what is routed where is not known.";
  Builder builder{*report.kms, graph};
  builder.add_nodes();
  builder.add_active_edges();
  if (edges == Edges::possible) builder.add_possible_edges();
  builder.set_states();
  return graph;
}

std::vector<std::vector<std::size_t>> edge_connectors(const Graph& graph) {
  std::vector<std::vector<std::size_t>> incoming(graph.nodes.size());
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    if (graph.edges[i].kind == EdgeKind::active) incoming[graph.edges[i].to].push_back(i);
  }
  std::vector<std::vector<std::size_t>> connectors(graph.edges.size());
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    if (graph.nodes[i].kind == NodeKind::connector)
      walk_upstream(graph, incoming, i, [&](std::size_t edge) { connectors[edge].push_back(i); });
  }
  return connectors;
}

}  // namespace drmshow
