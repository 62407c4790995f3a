// Three floats: points, directions and colours of 3D content. Pure.
#pragma once

#include <cmath>

namespace drmshow {

struct Vec3 {
  float x = 0;
  float y = 0;
  float z = 0;

  friend constexpr bool operator==(const Vec3&, const Vec3&) = default;
};

constexpr Vec3 operator+(const Vec3& a, const Vec3& b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
constexpr Vec3 operator-(const Vec3& a, const Vec3& b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
constexpr Vec3 operator-(const Vec3& a) {
  return {-a.x, -a.y, -a.z};
}
constexpr Vec3 operator*(const Vec3& a, float by) {
  return {a.x * by, a.y * by, a.z * by};
}
constexpr float dot(const Vec3& a, const Vec3& b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
constexpr Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

/// `v` with the length 1; no direction (0 0 0) if it is too short to have one. Lengths of up to
/// 1e38 are safe.
inline Vec3 unit(const Vec3& v) {
  const float longest = std::fmax(std::fabs(v.x), std::fmax(std::fabs(v.y), std::fabs(v.z)));
  if (!(longest > 0)) return {};
  const Vec3 scaled{v.x / longest, v.y / longest, v.z / longest};
  return scaled * (1 / std::sqrt(dot(scaled, scaled)));
}

}  // namespace drmshow
