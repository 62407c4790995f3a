#include "render/scene/camera.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "render/scene/room.hpp"

namespace drmshow::testing {
namespace {

using namespace std::chrono_literals;

struct Clip {
  float x, y, z, w;
};

Clip clip(const Mat4& m, const Vec3& p) {
  const auto row = [&](std::size_t r) {
    return m.m[r] * p.x + m.m[r + 4] * p.y + m.m[r + 8] * p.z + m.m[r + 12];
  };
  return {row(0), row(1), row(2), row(3)};
}

bool is_inside(const Clip& c) {
  return std::fabs(c.x) <= c.w && std::fabs(c.y) <= c.w && c.z >= 0 && c.z <= c.w;
}

TEST(Matrix, LooksWhereItShould) {
  const Mat4 lens = perspective(1, 2, 1, 11);
  const Clip near = clip(lens, {0, 0, -1});
  EXPECT_FLOAT_EQ(near.z, 0);
  const Clip far = clip(lens, {0, 0, -11});
  EXPECT_FLOAT_EQ(far.z / far.w, 1);
  const Clip corner = clip(lens, {6, 3, -3});  // top right
  EXPECT_FLOAT_EQ(corner.x / corner.w, 1);
  EXPECT_FLOAT_EQ(corner.y / corner.w, -1);
  const Mat4 view = look_at({5, 0, 0}, {});
  EXPECT_FLOAT_EQ(clip(view, {}).z, -5);
  EXPECT_FLOAT_EQ(clip(view, {0, 0, -1}).x, 1);  // to the right of who looks along -x
  EXPECT_FLOAT_EQ(clip(view, {0, 2, 0}).y, 2);
}

// All of the ball, at any time, on any screen; and not much more.
TEST(Turntable, TheBallFillsTheScreen) {
  for (const Size screen : {Size{1920, 1080}, Size{1080, 1920}, Size{100, 100}, Size{4000, 300}})
    for (const auto time : {0ns, Nanoseconds{1234ms}, Nanoseconds{7s}, Nanoseconds{100h}}) {
      const View view = turntable_view(screen, time);
      float widest = 0;
      for (int i = 0; i < 400; ++i) {
        const float height = 1 - 2 * (static_cast<float>(i) + .5f) / 400;
        const float wide = std::sqrt(1 - height * height);
        const float angle = static_cast<float>(i) * 2.4f;
        const Clip c =
            clip(view.clip_from_mesh, {wide * std::cos(angle), height, wide * std::sin(angle)});
        ASSERT_TRUE(is_inside(c)) << screen.width << ' ' << i;
        widest = std::max({widest, std::fabs(c.x / c.w), std::fabs(c.y / c.w)});
      }
      EXPECT_GT(widest, .9f);
    }
}

TEST(Turntable, TurnsOnceAndForEver) {
  const auto at = [](Nanoseconds time) { return turntable_view({64, 64}, time).clip_from_mesh; };
  EXPECT_EQ(at(3s), at(16s + 3s));
  EXPECT_EQ(at(3s), at(16s * 100'000 + 3s));
  EXPECT_NE(at(3s), at(3s + 1ms));
}

TEST(RoomCamera, StaysInTheRoomAndMovesSlowly) {
  Vec3 before = room_view({64, 64}, 0ns).eye;
  for (int i = 0; i <= 480; ++i) {
    const Vec3 eye = room_view({64, 64}, i * Nanoseconds{100ms}).eye;
    EXPECT_LT(std::fabs(eye.x), kRoomHalf.x - .9f);
    EXPECT_LT(std::fabs(eye.z), kRoomHalf.z - .9f);
    EXPECT_GT(std::hypot(eye.x, eye.z), 1);  // outside of what stands in the middle
    EXPECT_GT(eye.y, 1);
    EXPECT_LT(eye.y, 2);
    EXPECT_LT(std::sqrt(dot(eye - before, eye - before)), .1f);
    before = eye;
  }
}

TEST(Framing, IsABallAroundTheVertices) {
  const Vertex vertices[] = {{{100, 0, 0}, {}, {}}, {{104, 0, 0}, {}, {}}, {{102, 0, 2}, {}, {}}};
  const Framing framing = framing_of(vertices);
  EXPECT_EQ(framing.centre, (Vec3{102, 0, 1}));
  EXPECT_FLOAT_EQ(framing.radius, std::sqrt(5.f));
}

TEST(Framing, HasAlwaysAnExtent) {
  const Vertex one[] = {{{5, 5, 5}, {}, {}}};
  EXPECT_EQ(framing_of(one).radius, 1);
  const Vertex huge[] = {{{1e18f, 1e18f, 1e18f}, {}, {}}, {{-1e18f, -1e18f, -1e18f}, {}, {}}};
  EXPECT_NEAR(framing_of(huge).radius, 1.732e18, 1e16);
}

}  // namespace
}  // namespace drmshow::testing
