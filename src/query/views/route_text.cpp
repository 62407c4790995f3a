#include "query/views/route_text.hpp"

#include <algorithm>

#include "query/names.hpp"
#include "query/routing.hpp"
#include "query/text/style.hpp"

namespace drmshow {
namespace {

// Before and behind a CRTC there may be several: each plane and each connector is a way of its own.
struct Route {
  const Plane* plane = nullptr;
  const Crtc* crtc = nullptr;
  const Connector* connector = nullptr;
};

std::vector<Route> routes_of(const Snapshot& kms, const Crtc& crtc) {
  std::vector<const Plane*> planes = planes_on(kms, crtc.id);
  std::vector<const Connector*> connectors = connectors_on(kms, crtc.id);
  if (planes.empty() && connectors.empty()) return {};
  if (planes.empty()) planes.push_back(nullptr);
  if (connectors.empty()) connectors.push_back(nullptr);
  std::vector<Route> routes;
  for (const Plane* plane : planes) {
    for (const Connector* connector : connectors) routes.push_back({plane, &crtc, connector});
  }
  return routes;
}

bool has_colorop(const Snapshot& kms, const Plane& plane, std::uint32_t id) {
  const auto first = plane.properties.value("COLOR_PIPELINE").value_or(0);
  const auto pipeline = pipeline_from(kms, static_cast<std::uint32_t>(first));
  return std::ranges::find(pipeline, id, &Colorop::id) != pipeline.end();
}

bool leads_through(const Snapshot& kms, const Route& route, ObjectRef object) {
  const auto [plane, crtc, connector] = route;
  switch (object.kind) {
    case ObjectKind::framebuffer:
      return plane && plane->fb.raw() == object.id;
    case ObjectKind::plane:
      return plane && plane->id.raw() == object.id;
    case ObjectKind::colorop:
      return plane && has_colorop(kms, *plane, object.id);
    case ObjectKind::crtc:
      return crtc->id.raw() == object.id;
    case ObjectKind::encoder:
      return connector && connector->encoder.raw() == object.id;
    case ObjectKind::connector:
      return connector && connector->id.raw() == object.id;
    case ObjectKind::blob:
    case ObjectKind::property:
      break;
  }
  return false;
}

std::string text_of(const Route& route) {
  std::vector<std::string> steps;
  if (route.plane) {
    if (route.plane->fb) steps.push_back(label(route.plane->fb));
    steps.push_back(label(route.plane->id) + ' ' + std::string{plane_type_word(route.plane->type)});
  }
  steps.push_back(label(route.crtc->id));
  if (route.connector) {
    if (route.connector->encoder) steps.push_back(label(route.connector->encoder));
    steps.push_back(label(*route.connector));
  }
  return join(steps, " → ");
}

}  // namespace

std::vector<std::string> routes_through(const Snapshot& kms, ObjectRef object) {
  std::vector<std::string> lines;
  for (const Crtc& crtc : kms.crtcs()) {
    for (const Route& route : routes_of(kms, crtc)) {
      if (leads_through(kms, route, object)) lines.push_back(text_of(route));
    }
  }
  return lines;
}

}  // namespace drmshow
