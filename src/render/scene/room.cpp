#include "render/scene/room.hpp"

#include "render/scene/mesh_builder.hpp"

namespace drmshow {
namespace {

constexpr float kX = kRoomHalf.x;
constexpr float kZ = kRoomHalf.z;
constexpr float kDado = .9f;  // height of the panels

// Where the window and the picture are, in their walls.
constexpr Vec3 kWindowLow{-2.4f, 1.15f, -kZ};
constexpr Vec3 kWindowHigh{0, 2.45f, -kZ};
constexpr Vec3 kPictureLow{-1.1f, 1.25f, kZ};
constexpr Vec3 kPictureHigh{1.1f, 2.35f, kZ};

void add_wall(MeshBuilder& builder, const Vec3& at, const Vec3& right) {
  builder.use("panel", 1 / kDado);
  builder.add_rectangle(at, right, {0, kDado, 0});
  builder.use("wallpaper", 1.25f);
  builder.add_rectangle(at + Vec3{0, kDado, 0}, right, {0, kRoomHeight - kDado, 0});
}

void add_shell(MeshBuilder& builder) {
  builder.use("planks", .5f);
  builder.add_rectangle({-kX, 0, kZ}, {2 * kX, 0, 0}, {0, 0, -2 * kZ});
  builder.use("ceiling", 1);
  builder.add_rectangle({-kX, kRoomHeight, -kZ}, {2 * kX, 0, 0}, {0, 0, 2 * kZ});
  add_wall(builder, {-kX, 0, -kZ}, {2 * kX, 0, 0});
  add_wall(builder, {kX, 0, kZ}, {-2 * kX, 0, 0});
  add_wall(builder, {-kX, 0, kZ}, {0, 0, -2 * kZ});
  add_wall(builder, {kX, 0, -kZ}, {0, 0, 2 * kZ});
}

// Along the walls at a height: skirting, rail, cornice.
void add_moulding(MeshBuilder& builder, float low, float high, float depth) {
  builder.add_box({-kX, low, -kZ}, {kX, high, -kZ + depth});
  builder.add_box({-kX, low, kZ - depth}, {kX, high, kZ});
  builder.add_box({-kX, low, -kZ}, {-kX + depth, high, kZ});
  builder.add_box({kX - depth, low, -kZ}, {kX, high, kZ});
}

void add_mouldings(MeshBuilder& builder) {
  builder.use("wood", 1);
  add_moulding(builder, 0, .1f, .03f);
  add_moulding(builder, kDado - .03f, kDado + .03f, .04f);
  builder.use("plaster", 1);
  add_moulding(builder, kRoomHeight - .12f, kRoomHeight, .1f);
}

void add_window(MeshBuilder& builder) {
  const Vec3 low = kWindowLow;
  const Vec3 high = kWindowHigh;
  const float middle = (low.x + high.x) / 2;
  const float bar = low.y + (high.y - low.y) * .62f;
  builder.use_shining("sky");
  builder.add_picture(low + Vec3{0, 0, .01f}, {high.x - low.x, 0, 0}, {0, high.y - low.y, 0});
  builder.use("plaster", 1);
  builder.add_frame(low, high + Vec3{0, 0, .07f}, .08f);
  builder.add_box({middle - .03f, low.y, low.z}, {middle + .03f, high.y, low.z + .05f});
  builder.add_box({low.x, bar - .02f, low.z}, {high.x, bar + .02f, low.z + .04f});
  builder.use("marble", .7f);
  builder.add_box({low.x - .15f, low.y - .14f, low.z}, {high.x + .15f, low.y - .08f, low.z + .22f});
}

void add_picture(MeshBuilder& builder) {
  const Vec3 low = kPictureLow;
  const Vec3 high = kPictureHigh;
  builder.use("landscape");
  builder.add_picture({high.x, low.y, high.z - .02f}, {low.x - high.x, 0, 0},
                      {0, high.y - low.y, 0});
  builder.use("gold", 2);
  builder.add_frame(low - Vec3{0, 0, .05f}, high, .09f);
}

void add_pedestal(MeshBuilder& builder) {
  using Point = MeshBuilder::ProfilePoint;
  constexpr Point kProfile[] = {{.5f, 0},     {.5f, .08f}, {.42f, .12f}, {.32f, .16f},
                                {.28f, .3f},  {.27f, .6f}, {.3f, .74f},  {.4f, .8f},
                                {.43f, .84f}, {.43f, .9f}, {0, .9f}};
  builder.use("rug");
  builder.add_picture({-1.5f, .012f, 1.1f}, {3, 0, 0}, {0, 0, -2.2f});
  builder.use("marble", .8f);
  builder.add_turned({0, .012f, 0}, kProfile, 3);
  builder.use("knot");
  builder.add_knot({0, 1.38f, 0}, .3f, .1f);
}

void add_columns(MeshBuilder& builder) {
  using Point = MeshBuilder::ProfilePoint;
  constexpr Point kProfile[] = {{.27f, 0},    {.27f, .16f}, {.21f, .24f}, {.19f, .4f},
                                {.16f, 2.5f}, {.2f, 2.62f}, {.26f, 2.7f}, {.26f, 2.9f}};
  builder.use("marble", .8f);
  for (const float x : {-1.f, 1.f})
    for (const float z : {-1.f, 1.f})
      builder.add_turned({x * (kX - .5f), 0, z * (kZ - .5f)}, kProfile, 2);
}

void add_furniture(MeshBuilder& builder) {
  builder.use("crate", 1 / .7f);
  builder.add_box({3.1f, 0, -.95f}, {3.8f, .7f, -.25f});
  builder.add_box({3.15f, 0, -.15f}, {3.85f, .7f, .55f});
  builder.add_box({3.12f, .7f, -.6f}, {3.82f, 1.4f, .1f});
  builder.use("wood", 1);  // a table
  builder.add_box({-3.75f, .74f, -.8f}, {-2.95f, .8f, .8f});
  for (const float x : {-3.7f, -3.06f})
    for (const float z : {-.75f, .69f}) builder.add_box({x, 0, z}, {x + .06f, .74f, z + .06f});
  using Point = MeshBuilder::ProfilePoint;
  constexpr Point kStand[] = {{.16f, 0}, {.16f, .02f}, {.03f, .05f}, {.025f, .16f}};
  builder.use("gold", 2);
  builder.add_turned({-3.35f, .8f, 0}, kStand, 1);
  builder.use("globe");
  builder.add_ball({-3.35f, 1.16f, 0}, .24f);
}

void add_lamp(MeshBuilder& builder) {
  using Point = MeshBuilder::ProfilePoint;
  constexpr Point kShade[] = {{.34f, 0}, {.1f, .2f}, {.02f, .22f}, {.012f, .3f}, {.012f, .5f}};
  constexpr Point kInside[] = {{.09f, .2f}, {.33f, 0}};
  builder.use("gold", 2);
  builder.add_turned({0, 2.5f, 0}, kShade, 2);
  builder.use_shining("lamp");
  builder.add_turned({0, 2.5f, 0}, kInside, 1);
  builder.add_ball({0, 2.56f, 0}, .07f);
}

}  // namespace

Mesh make_room() {
  MeshBuilder builder;
  add_shell(builder);
  add_mouldings(builder);
  add_window(builder);
  add_picture(builder);
  add_pedestal(builder);
  add_columns(builder);
  add_furniture(builder);
  add_lamp(builder);
  return builder.finish();
}

}  // namespace drmshow
