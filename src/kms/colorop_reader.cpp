#include "kms/colorop_reader.hpp"

#include <cstdint>
#include <set>
#include <utility>

#include "drm/new_kernel.hpp"

namespace drmshow {

void read_colorops(PropertyReader& properties, SnapshotData& data) {
  std::set<std::uint32_t> seen;
  for (const Plane& plane : data.planes) {
    const Property* pipeline = plane.properties.find("COLOR_PIPELINE");
    if (!pipeline) continue;
    for (const auto& entry : pipeline->info->entries) {
      // An entry is the id of the pipeline's first operation; 0 is "Bypass".
      auto id = static_cast<std::uint32_t>(entry.value);
      while (id != 0 && seen.insert(id).second) {
        Colorop op{id, properties.read(id, drm_mode_object_colorop, ObjectKind::colorop)};
        id = static_cast<std::uint32_t>(op.properties.value("NEXT").value_or(0));
        data.colorops.push_back(std::move(op));
      }
    }
  }
}

}  // namespace drmshow
