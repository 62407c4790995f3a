// OBJ models and material libraries from hostile bytes. Only Error may come out, and only for bad
// content; a mesh that comes out must be one that a GPU can be given.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "content/mtl_reader.hpp"
#include "content/obj_reader.hpp"
#include "drm-show/error.hpp"

namespace {

using namespace drmshow;

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_finite(const Vec3& v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

void check(const Mesh& mesh) {
  for (const std::uint32_t index : mesh.indices) require(index < mesh.vertices.size());
  for (const Vertex& vertex : mesh.vertices) {
    require(is_finite(vertex.position) && std::isfinite(vertex.uv.u) && std::isfinite(vertex.uv.v));
    require(std::fabs(dot(vertex.normal, vertex.normal) - 1) < 1e-3f);
  }
  std::size_t covered = 0;
  for (const MeshPart& part : mesh.parts) {
    require(part.first_index == covered && part.index_count % 3 == 0);
    require(part.material < mesh.materials.size());
    covered += part.index_count;
  }
  require(covered == mesh.indices.size() && covered > 0);
}

template <class Read>
void expect_error_or_nothing(const Read& read) {
  try {
    read();
  } catch (const Error& error) {
    require(error.failure() == Failure::bad_content);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span{data, size});
  expect_error_or_nothing([&] { check(read_model_bytes(bytes, "fuzz").mesh); });
  expect_error_or_nothing([&] {
    std::vector<Material> materials;
    read_materials(ByteSource{bytes}, "fuzz", "folder", materials);
  });
  return 0;
}
