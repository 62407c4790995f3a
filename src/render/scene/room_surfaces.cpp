#include "render/scene/room_surfaces.hpp"

#include "render/scene/painting.hpp"

namespace drmshow {
namespace {

// Grain along u: -1 to 1.
float grain(float u, float v, std::uint32_t seed) {
  const float bent = v * 24 + 3 * noise(u * 3, v * 4, {3, 4}, seed);
  const float rings = std::sin(bent * kTurn / 4);
  const float fibre = noise(u * 8, v * 128, {8, 128}, seed + 7) * 2 - 1;
  return .55f * rings + .45f * fibre;
}

// How far inside a frame that is 0 at the edges of the unit square and 1 in its middle.
float inset(float u, float v) {
  return 2 * std::min(to_whole(u), to_whole(v));
}

constexpr Vec3 kOak{.52f, .35f, .2f};

}  // namespace

// Eight planks, each of two boards of unequal length.
Texture paint_planks() {
  constexpr float kPlanks = 8;
  return painted({512, 512}, [](float u, float v) {
    const int plank = static_cast<int>(v * kPlanks);
    const float shifted = u + scatter(plank, 1, 3);
    const int board = plank * 2 + (shifted - std::floor(shifted) < .55f ? 0 : 1);
    const float tone = .78f + .4f * scatter(board, 2, 3);
    const float across = to_whole(v * kPlanks) / kPlanks;
    const float along = std::min(to_whole(shifted), to_whole(shifted - .55f));
    const float gap = step(.0012f, .004f, across) * step(.0008f, .003f, along);
    const float light = 1 + .13f * grain(u, v, 11 + static_cast<std::uint32_t>(plank));
    const Vec3 board_colour = mix(kOak, {.6f, .38f, .18f}, scatter(board, 3, 3));
    return board_colour * (tone * light * (.35f + .65f * gap));
  });
}

Texture paint_wood() {
  return painted({256, 256}, [](float u, float v) {
    return Vec3{.36f, .2f, .11f} * (1 + .16f * grain(u, v, 5));
  });
}

// A raised field in a frame: light from above left shows its bevels.
Texture paint_panel() {
  return painted({512, 512}, [](float u, float v) {
    const float depth = inset(u, v);
    const float bevel = step(.24f, .26f, depth) - step(.32f, .34f, depth);
    const bool is_side = to_whole(u) < to_whole(v);
    const float lit = (is_side ? u : v) < .5f ? -.3f : .22f;
    const float joint = step(.0f, .012f, depth);
    const float light = 1 + bevel * lit + .12f * (is_side ? grain(v, u, 21) : grain(u, v, 22));
    return Vec3{.4f, .24f, .14f} * (light * (.5f + .5f * joint));
  });
}

Texture paint_crate() {
  return painted({256, 256}, [](float u, float v) {
    const float depth = inset(u, v);
    const float frame = 1 - step(.22f, .235f, depth);
    const float brace = (1 - step(.075f, .085f, std::fabs(u - v))) * (1 - frame);
    const float board = step(.01f, .03f, to_whole(v * 6));
    const float shadow = 1 - .45f * (step(.2f, .23f, depth) - step(.235f, .32f, depth));
    const float raised = std::max(frame, brace);
    const bool upright = to_whole(u) < to_whole(v);
    const float light = 1 + .16f * (frame > .5f && upright ? grain(v, u, 31) : grain(u, v, 32));
    const Vec3 wood = mix({.5f, .36f, .2f}, {.64f, .48f, .28f}, raised);
    return wood * (light * (raised > .5f ? 1 : (.5f + .5f * board) * shadow));
  });
}

// Medallions in offset rows on fine stripes.
Texture paint_wallpaper() {
  return painted({512, 512}, [](float u, float v) {
    const auto medallion = [&](float cu, float cv) {
      const float x = u - cu - std::round(u - cu);
      const float y = (v - cv - std::round(v - cv)) * .8f;
      const float radius = std::hypot(x, y) * 4.4f;
      const float angle = std::atan2(y, x);
      const float petals = .62f + .2f * std::cos(8 * angle) + .12f * std::cos(4 * angle);
      const float rim = 1 - step(.03f, .06f, std::fabs(radius - petals));
      const float leaf = 1 - step(.04f, .08f, std::fabs(radius - petals * .62f));
      const float heart = 1 - step(.1f, .13f, radius);
      return std::max({rim, leaf * .8f, heart});
    };
    const float ornament = std::max(medallion(.25f, .25f), medallion(.75f, .75f));
    const float stripe = .5f + .5f * std::cos(u * kTurn * 16);
    const Vec3 ground = mix({.20f, .36f, .36f}, {.225f, .39f, .385f}, stripe);
    const float linen = 1 + .05f * (cloud(u * 64, v * 64, {64, 64}, 2, 41) - .5f);
    return mix(ground, {.72f, .66f, .46f}, ornament * .8f) * linen;
  });
}

Texture paint_ceiling() {
  return painted({256, 256}, [](float u, float v) {
    const float depth = inset(u, v);
    const float bevel = step(.1f, .13f, depth) - step(.2f, .23f, depth);
    const float lit = (to_whole(u) < to_whole(v) ? u : v) < .5f ? -.16f : .09f;
    const float rough = .03f * (cloud(u * 32, v * 32, {32, 32}, 3, 51) - .5f);
    return Vec3{.86f, .83f, .77f} * (1 + bevel * lit + rough - .06f * step(.2f, .23f, depth));
  });
}

Texture paint_plaster() {
  return painted({256, 256}, [](float u, float v) {
    return Vec3{.88f, .85f, .79f} * (1 + .05f * (cloud(u * 16, v * 16, {16, 16}, 4, 61) - .5f));
  });
}

Texture paint_marble() {
  return painted({512, 512}, [](float u, float v) {
    const float bent = cloud(u * 4, v * 4, {4, 4}, 5, 71);
    const float vein = std::fabs(std::sin((u + v + bent * 1.6f) * kTurn));
    const float fine = std::fabs(std::sin((u * 2 - v + bent * 2.3f) * kTurn));
    const float dark = .45f * std::pow(1 - vein, 5.f) + .2f * std::pow(1 - fine, 8.f);
    return mix({.9f, .88f, .85f}, {.33f, .35f, .4f}, dark + .25f * (bent - .4f));
  });
}

Texture paint_gold() {
  return painted({256, 256}, [](float u, float v) {
    const float brushed = noise(u * 4, v * 128, {4, 128}, 81);
    return mix({.62f, .44f, .16f}, {.9f, .72f, .36f}, brushed);
  });
}

}  // namespace drmshow
