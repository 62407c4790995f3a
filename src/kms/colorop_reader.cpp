#include "kms/colorop_reader.hpp"

#include <cstdint>
#include <set>
#include <utility>

#include <xf86drm.h>
#include <xf86drmMode.h>

#include "drm/new_kernel.hpp"

namespace drmshow {
namespace {

void add_pipeline_property(PropertyReader& properties, Plane& plane) {
  const PropertySet all = properties.read(plane.id.raw(), DRM_MODE_OBJECT_PLANE, ObjectKind::plane);
  const Property* pipeline = all.find("COLOR_PIPELINE");
  if (!pipeline) return;
  std::vector<Property> merged{plane.properties.begin(), plane.properties.end()};
  merged.push_back(*pipeline);
  plane.properties = PropertySet{std::move(merged)};
}

// An entry of COLOR_PIPELINE is the id of the pipeline's first operation; 0 is "Bypass".
void read_chain(PropertyReader& properties, std::uint64_t first, std::set<std::uint32_t>& seen,
                SnapshotData& data) {
  auto id = static_cast<std::uint32_t>(first);
  while (id != 0 && seen.insert(id).second) {
    Colorop op{id, properties.read(id, drm_mode_object_colorop, ObjectKind::colorop)};
    id = static_cast<std::uint32_t>(op.properties.value("NEXT").value_or(0));
    data.colorops.push_back(std::move(op));
  }
}

}  // namespace

void read_colour_pipelines(const ReadTarget& target, PropertyReader& properties,
                           SnapshotData& data) {
  if (drmSetClientCap(target.fd, drm_client_cap_plane_color_pipeline, 1) != 0) return;
  std::set<std::uint32_t> seen;
  for (Plane& plane : data.planes) {
    add_pipeline_property(properties, plane);
    const Property* pipeline = plane.properties.find("COLOR_PIPELINE");
    if (!pipeline) continue;
    for (const auto& entry : pipeline->info->entries) {
      read_chain(properties, entry.value, seen, data);
    }
  }
  drmSetClientCap(target.fd, drm_client_cap_plane_color_pipeline, 0);
}

}  // namespace drmshow
