// A mesh as a GPU wants it: indexed triangles in ranges, each with one material. Pure.
//
// Right-handed space with y up; the outside of a triangle sees its corners counter-clockwise.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/vec3.hpp"

namespace drmshow {

struct Uv {
  float u = 0;  ///< to the right
  float v = 0;  ///< downwards from the first row of the image, as images are stored
  friend constexpr bool operator==(Uv, Uv) = default;
};

/// What the vertex buffer holds, byte for byte.
struct Vertex {
  Vec3 position;
  Vec3 normal;  ///< of length 1
  Uv uv;
};
static_assert(sizeof(Vertex) == 32);

struct MeshPart {
  std::uint32_t first_index = 0;
  std::uint32_t index_count = 0;
  std::uint32_t material = 0;  ///< place in Mesh::materials
};

struct Material {
  std::string name;
  std::filesystem::path texture;  ///< an image file; empty: none
  Vec3 colour{1, 1, 1};           ///< sRGB, 0 to 1; what the texture is multiplied by
  bool shines = false;            ///< by itself, whatever light falls on it
};

struct Bounds {
  Vec3 low;
  Vec3 high;
};

/// `vertices` is not empty.
Bounds bounds_of(std::span<const Vertex> vertices);

struct Mesh {
  std::vector<Vertex> vertices;
  std::vector<std::uint32_t> indices;  ///< three a triangle
  std::vector<MeshPart> parts;         ///< cover `indices`, at most one for each material
  std::vector<Material> materials;     ///< never empty
};

/// Makes one part out of all triangles of a material, in the order in which they came. `runs` are
/// the parts in the order of the indices, which they cover.
void join_parts(Mesh& mesh, std::span<const MeshPart> runs);

}  // namespace drmshow
