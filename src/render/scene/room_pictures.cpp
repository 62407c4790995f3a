#include <array>

#include "render/scene/painting.hpp"
#include "render/scene/room_surfaces.hpp"

namespace drmshow {
namespace {

// Hills whose outline is noise: 1 below it.
float hill(float u, float v, float height, float rough, std::uint32_t seed) {
  const float outline = height + rough * (cloud(u * 4, .5f, {16, 1}, 5, seed) - .5f);
  return step(outline - .004f, outline + .004f, v);
}

}  // namespace

// Two ribbons that wind around each other.
Texture paint_knot() {
  return painted({256, 256}, [](float u, float v) {
    const float at = to_whole(u + v);
    const float ribbon = step(.19f, .205f, at);
    const float edge = 1 - step(.012f, .03f, std::fabs(at - .2f));
    const float weave = .92f + .08f * std::cos((u * 16 - v * 8) * kTurn);
    const Vec3 colour = mix({.72f, .12f, .1f}, {.1f, .26f, .55f}, ribbon) * weave;
    return mix(colour, {.92f, .76f, .4f}, edge);
  });
}

// Borders around a field with a star, mirrored both ways as woven ones are.
Texture paint_rug() {
  constexpr std::array<Vec3, 5> kYarn{{{.42f, .07f, .08f},
                                       {.1f, .13f, .27f},
                                       {.78f, .68f, .48f},
                                       {.16f, .3f, .26f},
                                       {.62f, .3f, .12f}}};
  return painted({512, 512}, [&](float u, float v) {
    const float x = std::fabs(u * 2 - 1);
    const float y = std::fabs(v * 2 - 1);
    const float border = std::max(x, y);
    const auto knot = [&](float scale) {
      const int cx = static_cast<int>(x * scale);
      const int cy = static_cast<int>(y * scale);
      return scatter(std::min(cx, cy), std::max(cx, cy), 91);
    };
    std::size_t yarn = 0;
    if (border > .96f)
      yarn = 1;
    else if (border > .78f && border <= .93f)
      yarn = to_whole((x + y) * 8) + to_whole((x - y) * 8) < .34f ? 2 : 1;
    else if (border > .75f)
      yarn = 2;
    else {
      const float star = std::max(x + y * 1.1f, 1.25f * std::max(x, y));
      const float ring = star * 7;
      yarn = star < .72f ? (static_cast<std::size_t>(ring) * 3 + 4) % 5 : 0;
      if (star > .76f && knot(26) > .84f) yarn = 3;
      if (star < .7f && to_whole(ring) < .1f) yarn = 2;
    }
    const float pile = .86f + .28f * noise(u * 256, v * 256, {256, 256}, 92);
    return kYarn[yarn] * pile;
  });
}

// A lake between mountains after sunset.
Texture paint_landscape() {
  return painted({512, 256}, [](float u, float v) {
    constexpr float kShore = .66f;
    const float mirrored = v > kShore ? 2 * kShore - v : v;
    const float ripple = v > kShore ? .012f * std::sin((v * 60 + u * 4) * kTurn) : 0;
    const float x = u + ripple;
    Vec3 colour = mix({.2f, .22f, .45f}, {.98f, .62f, .34f}, step(.05f, .62f, mirrored));
    const float sun = std::hypot((x - .62f) * 2, mirrored - .46f);
    colour = mix(colour, {1, .93f, .7f}, 1 - step(.05f, .06f, sun));
    colour = colour + Vec3{.3f, .2f, .08f} * (1 - step(0, .3f, sun));
    colour = mix(colour, {.46f, .34f, .5f}, hill(x, mirrored, .47f, .42f, 101));
    colour = mix(colour, {.26f, .2f, .36f}, hill(x + .3f, mirrored, .56f, .3f, 102));
    colour = mix(colour, {.1f, .1f, .18f}, hill(x + .7f, mirrored, .63f, .16f, 103));
    if (v > kShore) colour = colour * .72f + Vec3{.02f, .03f, .06f};
    return mix(colour, {.04f, .04f, .07f}, hill(u + .2f, v, .95f, .16f, 104));
  });
}

Texture paint_globe() {
  return painted({512, 256}, [](float u, float v) {
    const float land = cloud(u * 5, v * 3, {5, 64}, 6, 118) - .06f * std::fabs(v - .5f);
    const float polar = step(.4f, .45f, std::fabs(v - .5f) + .1f * (land - .5f));
    Vec3 colour = mix({.08f, .2f, .42f}, {.16f, .36f, .56f}, step(.3f, .5f, land));
    const Vec3 ground = mix({.3f, .42f, .18f}, {.66f, .56f, .34f}, step(.56f, .68f, land));
    colour = mix(colour, ground, step(.505f, .515f, land));
    colour = mix(colour, {.94f, .95f, .96f}, polar);
    const float grid = std::min(to_whole(u * 24) / 24, to_whole(v * 12) / 24);
    return colour * (.75f + .25f * step(.0008f, .002f, grid));
  });
}

// What is outside.
Texture paint_sky() {
  return painted({512, 256}, [](float u, float v) {
    Vec3 colour = mix({.26f, .5f, .84f}, {.8f, .9f, .97f}, step(0, .75f, v));
    const float puff = cloud(u * 4 + v, v * 6, {8, 8}, 6, 121);
    colour = mix(colour, {1, 1, 1}, step(.5f, .72f, puff) * (1 - v * .6f));
    colour = mix(colour, {.5f, .64f, .72f}, hill(u, v, .7f, .24f, 122));
    colour = mix(colour, {.36f, .54f, .34f}, hill(u + .4f, v, .8f, .2f, 123));
    const float field = .88f + .24f * cloud(u * 24, v * 48, {24, 48}, 3, 125);
    return mix(colour, Vec3{.3f, .48f, .2f} * field, hill(u + .1f, v, .9f, .16f, 124));
  });
}

Texture paint_lamp() {
  return painted({16, 16}, [](float, float) { return Vec3{1, .93f, .78f}; });
}

}  // namespace drmshow
