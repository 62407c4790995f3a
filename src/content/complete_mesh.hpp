// Normals and texture coordinates for a mesh whose file left them out. Pure.
#pragma once

#include <cstdint>
#include <span>

#include "content/mesh.hpp"
#include "content/vertex_table.hpp"

namespace drmshow {

/// Triangles that meet in a point at less than this angle look like one round surface; a cube's or
/// a hexagonal prism's sides do not. The cosine of 50 degrees.
constexpr float kCreaseCosine = 0.6428f;
/// More triangles than this around a point are all averaged: asking which belongs to which takes
/// time in proportion to the square of their number.
constexpr std::uint32_t kMaxCreased = 64;

/// Gives each vertex what its key (`keys`, one a vertex) says is missing:
///  - a normal: the mean of those of the triangles around its position, by their angles there, as
///    far as they look like one surface; the triangle's own for VertexKey::flat;
///  - texture coordinates: those of a box around the mesh, seen from the side that the triangle
///    faces, with the same scale on all sides and one texture for the longest.
/// Vertices that need several of these values are split. `positions`: how many the keys name.
void complete_mesh(Mesh& mesh, std::span<const VertexKey> keys, std::uint32_t positions);

}  // namespace drmshow
