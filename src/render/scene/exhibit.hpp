// What a mesh scene shows: a mesh, its textures, and how a camera moves around it. Pure.
#pragma once

#include <filesystem>

#include "content/mesh.hpp"
#include "render/scene/camera.hpp"
#include "render/scene/texture.hpp"

namespace drmshow {

struct Exhibit {
  Mesh mesh;
  /// The mesh is moved and scaled so that this becomes a ball of radius 1 around the origin.
  Framing framing;
  /// Loads Material::texture, no side longer than `longest`. Throws Error (bad_content).
  Texture (*texture)(const std::filesystem::path& name, int longest);
  View (*view)(Size screen, Nanoseconds time);
};

/// A walk through the room.
Exhibit room_exhibit();

/// A model on a turntable, with textures from files.
Exhibit model_exhibit(Mesh mesh);

/// Puts one texture, in its own colours, on all of the mesh (--texture).
void set_texture(Mesh& mesh, const std::filesystem::path& texture);

}  // namespace drmshow
