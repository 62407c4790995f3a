// The textures of the room's surfaces, which repeat without a seam, and its pictures.
#pragma once

#include "render/scene/texture.hpp"

namespace drmshow {

Texture paint_planks();
Texture paint_wood();
Texture paint_panel();
Texture paint_crate();
Texture paint_wallpaper();
Texture paint_ceiling();
Texture paint_plaster();
Texture paint_marble();
Texture paint_gold();

Texture paint_knot();
Texture paint_rug();
Texture paint_landscape();
Texture paint_globe();
Texture paint_sky();
Texture paint_lamp();

}  // namespace drmshow
