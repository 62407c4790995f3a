#include "kms/crtc_state.hpp"

#include <algorithm>

namespace drmshow {
namespace {

std::vector<std::uint32_t> connectors_on(const Snapshot& snapshot, const Crtc& crtc) {
  std::vector<std::uint32_t> ids;
  for (const Connector& connector : snapshot.connectors()) {
    if (snapshot.current_crtc(connector) == &crtc) ids.push_back(connector.id.raw());
  }
  return ids;
}

bool is_touched(const CrtcState& state, std::span<const LegacyChange> changes) {
  return std::ranges::any_of(changes, [&](const LegacyChange& change) {
    return change.crtc == state.crtc ||
           std::ranges::find(state.connectors, change.connector.raw()) != state.connectors.end();
  });
}

}  // namespace

CrtcState state_of(const Snapshot& snapshot, const Crtc& crtc) {
  return {crtc.id, crtc.mode, crtc.fb, crtc.fb_offset, connectors_on(snapshot, crtc)};
}

CrtcState state_of(const OutputPlan& plan) {
  return {plan.route.crtc->id, plan.mode, plan.fb, {}, {plan.route.connector->id.raw()}};
}

std::vector<CrtcState> states_to_restore(const Snapshot& before,
                                         std::span<const LegacyChange> changes) {
  std::vector<CrtcState> states;
  for (const Crtc& crtc : before.crtcs()) {
    CrtcState state = state_of(before, crtc);
    if (is_touched(state, changes)) states.push_back(std::move(state));
  }
  std::ranges::stable_partition(states, [](const CrtcState& state) { return !state.mode; });
  return states;
}

drm_mode_crtc request_of(const CrtcState& state) {
  drm_mode_crtc request{};
  request.crtc_id = state.crtc.raw();
  if (!state.mode || !state.fb || state.connectors.empty()) return request;
  request.fb_id = state.fb.raw();
  request.x = static_cast<std::uint32_t>(state.fb_offset.x);
  request.y = static_cast<std::uint32_t>(state.fb_offset.y);
  request.mode = state.mode->raw();
  request.mode_valid = 1;
  request.set_connectors_ptr = reinterpret_cast<std::uintptr_t>(state.connectors.data());
  request.count_connectors = static_cast<std::uint32_t>(state.connectors.size());
  return request;
}

bool copy_to(const CrtcState& state, FlatCrtc& flat) {
  if (state.connectors.size() > flat.connectors.size()) return false;
  flat.request = request_of(state);
  flat.request.set_connectors_ptr = 0;
  std::ranges::copy(state.connectors, flat.connectors.begin());
  return true;
}

}  // namespace drmshow
