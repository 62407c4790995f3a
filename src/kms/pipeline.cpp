// The choice as a flow: source → connector → encoder → CRTC → plane → sink, where encoder, CRTC and
// plane are gates that let one unit pass. Each unit that arrives is a lit output.
#include "kms/pipeline.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "kms/flow.hpp"

namespace drmshow {
namespace {

// Costs rank answers that light equally many outputs. Each outweighs the sum of those below it on
// one path.
constexpr int cost_of_later_wish = 10'000;    // times the position in the list of wishes
constexpr int cost_of_hopping_plane = 1'000;  // a plane that now shows on another CRTC: the kernel
                                              // refuses to move it in one commit
constexpr int cost_of_stealing = 300;         // a CRTC that now drives an output nobody asked for
constexpr int cost_of_overlay = 100;          // instead of a primary plane
constexpr int cost_of_change = 10;            // another CRTC than now
constexpr int cost_of_other_encoder = 1;

class Assignment {
 public:
  Assignment(const Snapshot& snapshot, std::span<const Connector* const> wanted, Format format)
      : snapshot_{snapshot}, wanted_{wanted}, format_{format} {
    source_ = network_.add_node();
    sink_ = network_.add_node();
    add_planes();
    add_crtcs();
    add_encoders();
    add_connectors();
  }

  std::vector<std::optional<Route>> solve() {
    network_.solve(source_, sink_);
    std::vector<std::optional<Route>> routes(wanted_.size());
    for (const auto& [edge, connector, encoder] : connector_edges_) {
      if (network_.carries(edge)) routes[connector] = follow(connector, encoder);
    }
    return routes;
  }

 private:
  struct Link {  // an edge, and the positions of what it joins
    FlowNetwork::Edge edge;
    std::size_t from;
    std::size_t to;
  };

  bool usable(const Plane& plane) const {
    return plane.type != PlaneType::cursor && plane.supports(format_);
  }

  // Drivers without universal planes: one implicit plane for each CRTC.
  bool planes_are_implicit() const {
    return std::ranges::none_of(
        snapshot_.planes(), [](const Plane& plane) { return plane.type == PlaneType::primary; });
  }

  void add_planes() {
    for (const Plane& plane : snapshot_.planes()) {
      plane_gates_.push_back(network_.add_gate());
      if (usable(plane)) network_.add_edge(plane_gates_.back().out, sink_, 0);
    }
  }

  void add_crtcs() {
    for (const Crtc& crtc : snapshot_.crtcs()) {
      crtc_gates_.push_back(network_.add_gate());
      if (planes_are_implicit()) {
        network_.add_edge(crtc_gates_.back().out, sink_, 0);
        continue;
      }
      for (std::size_t i = 0; i < snapshot_.planes().size(); ++i) {
        const Plane& plane = snapshot_.planes()[i];
        if (!plane.possible_crtcs.contains(crtc.index) || !usable(plane)) continue;
        const auto edge =
            network_.add_edge(crtc_gates_.back().out, plane_gates_[i].in, plane_cost(plane, crtc));
        crtc_edges_.push_back({edge, crtc_gates_.size() - 1, i});
      }
    }
  }

  int plane_cost(const Plane& plane, const Crtc& crtc) const {
    int cost = plane.type == PlaneType::primary ? 0 : cost_of_overlay;
    if (plane.crtc && plane.crtc != crtc.id) cost += cost_of_hopping_plane;
    return cost;
  }

  void add_encoders() {
    for (const Encoder& encoder : snapshot_.encoders()) {
      encoder_gates_.push_back(network_.add_gate());
      for (std::size_t i = 0; i < snapshot_.crtcs().size(); ++i) {
        const Crtc& crtc = snapshot_.crtcs()[i];
        if (!encoder.possible_crtcs.contains(crtc.index)) continue;
        const auto edge = network_.add_edge(encoder_gates_.back().out, crtc_gates_[i].in,
                                            crtc_cost(encoder, crtc));
        encoder_edges_.push_back({edge, encoder_gates_.size() - 1, i});
      }
    }
  }

  int crtc_cost(const Encoder& encoder, const Crtc& crtc) const {
    int cost = 0;
    for (const Connector& connector : snapshot_.connectors()) {
      const bool wanted = std::ranges::find(wanted_, &connector) != wanted_.end();
      const bool drives = snapshot_.current_crtc(connector) == &crtc;
      if (drives && !wanted) cost += cost_of_stealing;
      if (wanted && !drives && owns(connector, encoder)) cost += cost_of_change;
    }
    return std::min(cost, 2 * cost_of_stealing);
  }

  static bool owns(const Connector& connector, const Encoder& encoder) {
    return std::ranges::find(connector.encoders, encoder.id) != connector.encoders.end();
  }

  void add_connectors() {
    for (std::size_t i = 0; i < wanted_.size(); ++i) {
      const auto node = network_.add_node();
      network_.add_edge(source_, node, static_cast<int>(i) * cost_of_later_wish);
      for (std::size_t j = 0; j < snapshot_.encoders().size(); ++j) {
        const Encoder& encoder = snapshot_.encoders()[j];
        if (!owns(*wanted_[i], encoder)) continue;
        const int cost = encoder.id == wanted_[i]->encoder ? 0 : cost_of_other_encoder;
        connector_edges_.push_back({network_.add_edge(node, encoder_gates_[j].in, cost), i, j});
      }
    }
  }

  const Link* carrying(const std::vector<Link>& links, std::size_t from) const {
    const auto found = std::ranges::find_if(
        links, [&](const Link& link) { return link.from == from && network_.carries(link.edge); });
    return found == links.end() ? nullptr : &*found;
  }

  Route follow(std::size_t connector, std::size_t encoder) const {
    Route route{.connector = wanted_[connector]};
    const Link* to_crtc = carrying(encoder_edges_, encoder);
    route.crtc = &snapshot_.crtcs()[to_crtc->to];
    if (const Link* to_plane = carrying(crtc_edges_, to_crtc->to)) {
      route.plane = &snapshot_.planes()[to_plane->to];
    }
    return route;
  }

  const Snapshot& snapshot_;
  std::span<const Connector* const> wanted_;
  Format format_;
  FlowNetwork network_;
  FlowNetwork::Node source_ = 0;
  FlowNetwork::Node sink_ = 0;
  std::vector<FlowNetwork::Gate> plane_gates_;
  std::vector<FlowNetwork::Gate> crtc_gates_;
  std::vector<FlowNetwork::Gate> encoder_gates_;
  std::vector<Link> crtc_edges_;       // CRTC → plane
  std::vector<Link> encoder_edges_;    // encoder → CRTC
  std::vector<Link> connector_edges_;  // connector → encoder
};

}  // namespace

std::vector<std::optional<Route>> assign_routes(const Snapshot& snapshot,
                                                std::span<const Connector* const> wanted,
                                                Format format) {
  return Assignment{snapshot, wanted, format}.solve();
}

std::string why_dark(const Snapshot& snapshot, const Connector& connector,
                     std::span<const std::optional<Route>> routes) {
  const CrtcMask possible = snapshot.possible_crtcs(connector);
  if (possible.bits == 0) return "it has no encoder that any CRTC can drive";
  std::vector<std::string> users;
  for (const auto& route : routes) {
    if (route && possible.contains(route->crtc->index)) users.push_back(route->connector->name);
  }
  if (users.empty()) return "no plane that can show pictures fits any of its CRTCs";
  return fmt::format("every CRTC it could use is needed by {}", fmt::join(users, ", "));
}

}  // namespace drmshow
