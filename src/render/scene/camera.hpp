// Where the camera is at which time, and what it is lit by. Pure; motion depends on time alone.
#pragma once

#include <array>
#include <span>

#include "content/mesh.hpp"
#include "drm-show/geometry.hpp"
#include "drm-show/time.hpp"
#include "render/scene/matrix.hpp"

namespace drmshow {

/// A ball around a mesh.
struct Framing {
  Vec3 centre;
  float radius = 1;
};

/// Around the middle of the vertices' bounds; never without extent. `vertices` is not empty.
Framing framing_of(std::span<const Vertex> vertices);

struct Light {
  Vec3 position;
  float reach = 1;  ///< at this distance it has half its strength
};

/// All in the mesh's own space.
struct View {
  Mat4 clip_from_mesh;
  Vec3 eye;
  std::array<Light, 2> lights;  ///< a warm one and a cool, weaker one
};

/// A ball of radius 1 around the origin on a turntable, seen a little from above, as large as fits.
View turntable_view(Size screen, Nanoseconds time);

/// A slow walk around the middle of the room (room.hpp).
View room_view(Size screen, Nanoseconds time);

}  // namespace drmshow
