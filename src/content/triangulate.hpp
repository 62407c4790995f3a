// Polygons to triangles. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/vec3.hpp"

namespace drmshow {

/// Corners of a triangle, as places in its polygon.
using Triangle = std::array<std::uint32_t, 3>;

/// Corners up to which a concave polygon is cut by ears, which takes time in proportion to the
/// square of their number. Larger ones become fans, which is right for those that are convex.
constexpr std::size_t kMaxEarCorners = 256;

/// Adds the n - 2 triangles of a polygon of n >= 3 corners to `triangles`, turning as it does. The
/// polygon should be flat and should not cross itself; one that does gets some triangles.
void triangulate(std::span<const Vec3> polygon, std::vector<Triangle>& triangles);

}  // namespace drmshow
