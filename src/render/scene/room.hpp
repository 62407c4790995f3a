// A small room made of nothing but arithmetic: what drm-show draws when it is given no model. Pure.
#pragma once

#include <string_view>

#include "content/mesh.hpp"
#include "render/scene/camera.hpp"
#include "render/scene/texture.hpp"

namespace drmshow {

/// Half of its width and depth, in metres; the middle of its floor is the origin.
inline constexpr Vec3 kRoomHalf{4, 0, 3};
inline constexpr float kRoomHeight = 3;

inline constexpr Light kRoomLamp{{0, 2.45f, 0}, 3.2f};
inline constexpr Light kRoomWindow{{-1.2f, 1.9f, -2.6f}, 3.0f};

/// The textures of its materials are names for room_texture().
Mesh make_room();

/// `name`: one of those that make_room() uses. Sides are powers of two.
Texture room_texture(std::string_view name);

}  // namespace drmshow
