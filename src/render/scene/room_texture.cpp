#include <algorithm>
#include <array>
#include <cassert>

#include "render/scene/room.hpp"
#include "render/scene/room_surfaces.hpp"

namespace drmshow {
namespace {

struct RoomTexture {
  std::string_view name;
  Texture (*paint)();
};

constexpr std::array kRoomTextures{
    RoomTexture{"ceiling", paint_ceiling}, RoomTexture{"crate", paint_crate},
    RoomTexture{"globe", paint_globe},     RoomTexture{"gold", paint_gold},
    RoomTexture{"knot", paint_knot},       RoomTexture{"landscape", paint_landscape},
    RoomTexture{"lamp", paint_lamp},       RoomTexture{"sky", paint_sky},
    RoomTexture{"marble", paint_marble},   RoomTexture{"panel", paint_panel},
    RoomTexture{"planks", paint_planks},   RoomTexture{"plaster", paint_plaster},
    RoomTexture{"rug", paint_rug},         RoomTexture{"wallpaper", paint_wallpaper},
    RoomTexture{"wood", paint_wood}};

}  // namespace

Texture room_texture(std::string_view name) {
  const auto* const found = std::ranges::find(kRoomTextures, name, &RoomTexture::name);
  assert(found != kRoomTextures.end());
  return found->paint();
}

}  // namespace drmshow
