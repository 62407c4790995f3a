#include "render/scene/camera.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "render/scene/room.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

// How far around at `time`, in radians. Whole turns are left out while time is a whole number: a
// float would jump after some hours.
double angle_at(Nanoseconds time, Nanoseconds turn) {
  const double part =
      static_cast<double>((time % turn).count()) / static_cast<double>(turn.count());
  return part * 2 * std::numbers::pi;
}

float width_by_height(Size screen) {
  return static_cast<float>(screen.width) / static_cast<float>(screen.height);
}

Vec3 around_y(const Vec3& v, double angle) {
  const auto sine = static_cast<float>(std::sin(angle));
  const auto cosine = static_cast<float>(std::cos(angle));
  return {v.x * cosine + v.z * sine, v.y, v.z * cosine - v.x * sine};
}

}  // namespace

Framing framing_of(std::span<const Vertex> vertices) {
  const Bounds bounds = bounds_of(vertices);
  const Vec3 centre = bounds.low * .5f + bounds.high * .5f;
  double square = 0;  // coordinates may be so large that a float would not hold it
  for (const Vertex& vertex : vertices) {
    const Vec3 from = vertex.position - centre;
    square = std::max(square,
                      double{from.x} * from.x + double{from.y} * from.y + double{from.z} * from.z);
  }
  const auto radius = static_cast<float>(std::sqrt(square));
  return {centre, std::isnormal(radius) ? radius : 1};
}

// The camera goes round the mesh, lights and all: seen from it, the mesh turns.
View turntable_view(Size screen, Nanoseconds time) {
  constexpr Nanoseconds kTurn = 16s;
  constexpr float kSlope = .3f;  // tangent of half the angle of view, of the smaller side
  constexpr float kMargin = 1.04f;
  const float aspect = width_by_height(screen);
  const float slope = aspect < 1 ? kSlope / aspect : kSlope;
  const float distance = kMargin * std::sqrt(1 + kSlope * kSlope) / kSlope;
  const double angle = -angle_at(time, kTurn);
  const auto turned = [&](const Vec3& v) { return around_y(v, angle); };
  const Vec3 eye = turned(unit({0, .35f, 1}) * distance);
  const Mat4 lens = perspective(slope, aspect, distance - kMargin, distance + kMargin);
  return {
      lens * look_at(eye, {}), eye, {Light{turned({4, 6, 5}), 9}, Light{turned({-6, 1, 2}), 7}}};
}

View room_view(Size screen, Nanoseconds time) {
  constexpr Nanoseconds kRound = 48s;
  constexpr float kSlope = .55f;
  const double angle = angle_at(time, kRound);
  const auto wave = [&](double times, double by) {
    return static_cast<float>(std::sin(angle * times + by));
  };
  const float quarter = static_cast<float>(std::numbers::pi / 2);
  const Vec3 eye{kRoomHalf.x * .66f * wave(1, .9), 1.55f + .2f * wave(3, 0),
                 kRoomHalf.z * .64f * wave(1, .9 + quarter)};
  const Vec3 at{.5f * wave(2, 1), 1.2f + .12f * wave(2, 2), .4f * wave(1, 3)};
  const float aspect = width_by_height(screen);
  const float slope = aspect < 1 ? kSlope / std::sqrt(aspect) : kSlope;
  return {perspective(slope, aspect, .05f, 30) * look_at(eye, at), eye, {kRoomLamp, kRoomWindow}};
}

}  // namespace drmshow
