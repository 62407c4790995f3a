#include "kms/modeset.hpp"

#include <algorithm>
#include <cstring>

namespace drmshow {
namespace {

Bytes bytes_of(const Mode& mode) {
  Bytes bytes(sizeof(drm_mode_modeinfo));
  std::memcpy(bytes.data(), &mode.raw(), bytes.size());
  return bytes;
}

bool drives_one_of(const Crtc* crtc, std::span<const OutputPlan> outputs) {
  return crtc && std::ranges::any_of(
                     outputs, [&](const OutputPlan& output) { return output.route.crtc == crtc; });
}

bool shows_one_of(const Plane& plane, std::span<const OutputPlan> outputs) {
  return std::ranges::any_of(
      outputs, [&](const OutputPlan& output) { return output.route.plane == &plane; });
}

bool connects_one_of(const Connector& connector, std::span<const OutputPlan> outputs) {
  return std::ranges::any_of(
      outputs, [&](const OutputPlan& output) { return output.route.connector == &connector; });
}

void add_output(AtomicRequest& request, const OutputPlan& output) {
  const auto& [connector, crtc, plane] = output.route;
  const Size size = output.mode.size();
  request.set(*connector, props::connector_crtc_id, crtc->id);
  request.set(*crtc, props::active, true);
  request.set_blob(*crtc, props::mode_id, bytes_of(output.mode));
  request.set(*plane, props::plane_crtc_id, crtc->id);
  request.set(*plane, props::fb_id, output.fb);
  request.set(*plane, props::src_x, Fixed16_16{});
  request.set(*plane, props::src_y, Fixed16_16{});
  request.set(*plane, props::src_w, Fixed16_16::from_int(size.width));
  request.set(*plane, props::src_h, Fixed16_16::from_int(size.height));
  request.set(*plane, props::crtc_x, 0);
  request.set(*plane, props::crtc_y, 0);
  request.set(*plane, props::crtc_w, static_cast<std::uint32_t>(size.width));
  request.set(*plane, props::crtc_h, static_cast<std::uint32_t>(size.height));
}

void turn_off(AtomicRequest& request, const Plane& plane) {
  request.set(plane, props::plane_crtc_id, CrtcId{});
  request.set(plane, props::fb_id, FramebufferId{});
}

void turn_off(AtomicRequest& request, const Crtc& crtc) {
  request.set(crtc, props::active, false);
  request.set(crtc, props::mode_id, BlobId{});
}

// Connectors that leave their CRTC, because it is ours now or because they move.
bool is_left(const Snapshot& snapshot, const Crtc& crtc, std::span<const OutputPlan> outputs) {
  bool left = false;
  for (const Connector& connector : snapshot.connectors()) {
    if (snapshot.current_crtc(connector) != &crtc) continue;
    if (!connects_one_of(connector, outputs)) return false;
    left = true;
  }
  return left && !drives_one_of(&crtc, outputs);
}

}  // namespace

AtomicRequest modeset_request(const Snapshot& snapshot, std::span<const OutputPlan> outputs) {
  AtomicRequest request;
  for (const OutputPlan& output : outputs) add_output(request, output);
  for (const Connector& connector : snapshot.connectors()) {
    if (connects_one_of(connector, outputs)) continue;
    if (drives_one_of(snapshot.current_crtc(connector), outputs)) {
      request.set(connector, props::connector_crtc_id, CrtcId{});
    }
  }
  for (const Crtc& crtc : snapshot.crtcs()) {
    if (is_left(snapshot, crtc, outputs)) turn_off(request, crtc);
  }
  for (const Plane& plane : snapshot.planes()) {
    const Crtc* crtc = snapshot.find(plane.crtc);
    if (!crtc || shows_one_of(plane, outputs)) continue;
    if (drives_one_of(crtc, outputs) || is_left(snapshot, *crtc, outputs)) {
      turn_off(request, plane);
    }
  }
  return request;
}

AtomicRequest neutral_request(const Route& route) {
  AtomicRequest request;
  request.reset(*route.plane, props::rotation, EntryName{"rotate-0"});
  request.reset(*route.plane, props::alpha, 0xffff);  // 16-bit, kernel doc "alpha"
  request.reset(*route.crtc, props::degamma_lut, BlobId{});
  request.reset(*route.crtc, props::ctm, BlobId{});
  request.reset(*route.crtc, props::gamma_lut, BlobId{});
  request.reset(*route.crtc, props::vrr_enabled, false);
  request.reset(*route.connector, props::hdr_output_metadata, BlobId{});
  request.reset(*route.connector, props::colorspace, EntryName{"Default"});
  // Makes the driver train a link again that has failed; it stays dark otherwise.
  request.reset(*route.connector, props::link_status, EntryName{"Good"});
  return request;
}

AtomicRequest dark_request(const Snapshot& snapshot, const AtomicRequest& change) {
  AtomicRequest request;
  for (const PropertyWrite& write : change.writes()) {
    const std::uint32_t id = write.object.id;
    if (const Plane* plane = snapshot.find(PlaneId{id})) turn_off(request, *plane);
    if (const Crtc* crtc = snapshot.find(CrtcId{id})) turn_off(request, *crtc);
    // Also of a connector that is newer than the snapshot.
    if (write.object.type == ObjectType::connector && write.name == props::connector_crtc_id.name) {
      request.add({write.object, write.property, write.name, std::uint64_t{0}});
    }
  }
  return request;
}

}  // namespace drmshow
