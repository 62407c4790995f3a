#include "content/mesh.hpp"

#include <algorithm>
#include <cassert>

namespace drmshow {
namespace {

// Where the triangles of each material begin once they are sorted, and how many indices they have.
std::vector<MeshPart> sorted_parts(std::size_t materials, std::span<const MeshPart> runs) {
  std::vector<MeshPart> parts(materials);
  for (const MeshPart& run : runs) parts[run.material].index_count += run.index_count;
  std::uint32_t first = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].material = static_cast<std::uint32_t>(i);
    parts[i].first_index = first;
    first += parts[i].index_count;
  }
  return parts;
}

bool are_sorted(std::span<const MeshPart> runs) {
  return std::ranges::is_sorted(runs, std::less{}, &MeshPart::material);
}

}  // namespace

Bounds bounds_of(std::span<const Vertex> vertices) {
  assert(!vertices.empty());
  Bounds bounds{vertices[0].position, vertices[0].position};
  for (const Vertex& vertex : vertices) {
    const Vec3& at = vertex.position;
    bounds.low = {std::min(bounds.low.x, at.x), std::min(bounds.low.y, at.y),
                  std::min(bounds.low.z, at.z)};
    bounds.high = {std::max(bounds.high.x, at.x), std::max(bounds.high.y, at.y),
                   std::max(bounds.high.z, at.z)};
  }
  return bounds;
}

void join_parts(Mesh& mesh, std::span<const MeshPart> runs) {
  mesh.parts = sorted_parts(mesh.materials.size(), runs);
  if (!are_sorted(runs)) {
    std::vector<std::uint32_t> to(mesh.parts.size());
    std::ranges::transform(mesh.parts, to.begin(), &MeshPart::first_index);
    std::vector<std::uint32_t> sorted(mesh.indices.size());
    for (const MeshPart& run : runs) {
      std::copy_n(mesh.indices.begin() + run.first_index, run.index_count,
                  sorted.begin() + to[run.material]);
      to[run.material] += run.index_count;
    }
    mesh.indices = std::move(sorted);
  }
  std::erase_if(mesh.parts, [](const MeshPart& part) { return part.index_count == 0; });
}

}  // namespace drmshow
