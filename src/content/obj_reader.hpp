// Reads untrusted Wavefront OBJ models: polygons with materials. Memory is a small multiple of what
// the file has in it, time too. After "Object Files (.obj)", Wavefront Advanced Visualizer 4.0,
// appendix B1, and what programs write.
//
// Known: v, vt, vn, f, usemtl, mtllib, s. All else is passed over: points, lines, curves, groups,
// objects. Concave faces are cut properly up to kMaxEarCorners corners, larger ones as if convex.
// Missing normals and texture coordinates are made (complete_mesh.hpp); faces after `s off` get
// flat ones, other smoothing groups count as one. Texture coordinates are turned to what Uv says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "content/mesh.hpp"

namespace drmshow {

/// Most positions, vertices, normals and so on, each: 2 GiB of vertices.
constexpr std::uint32_t kMaxVertices = 1u << 26;
constexpr std::uint32_t kMaxTriangles = 1u << 27;
constexpr std::size_t kMaxMaterials = 4096;

struct Model {
  Mesh mesh;
  /// What was not as the model says, a line each, and harmless: a material library that is not
  /// there. Few: further ones are left out.
  std::vector<std::string> notes;
};

/// Reads the model and the material libraries that it names, which lie beside it. Textures are only
/// named, and left out if they are not there. Throws Error (Failure::bad_content), with the line's
/// number.
Model read_model(const std::filesystem::path& path);

/// The same for bytes in memory; `name` is used in errors. Material libraries are not looked for.
Model read_model_bytes(std::span<const std::byte> bytes, std::string name);

}  // namespace drmshow
