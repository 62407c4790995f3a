#include "render/scene/exhibit.hpp"

#include "render/scene/room.hpp"

namespace drmshow {

Exhibit room_exhibit() {
  return {make_room(),
          {},
          [](const std::filesystem::path& name, int) { return room_texture(name.native()); },
          room_view};
}

Exhibit model_exhibit(Mesh mesh) {
  const Framing framing = framing_of(mesh.vertices);
  return {std::move(mesh), framing, load_texture, turntable_view};
}

void set_texture(Mesh& mesh, const std::filesystem::path& texture) {
  for (Material& material : mesh.materials) {
    material.texture = texture;
    material.colour = {1, 1, 1};
  }
}

}  // namespace drmshow
