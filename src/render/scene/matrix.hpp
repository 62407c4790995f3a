// 4x4 matrices for the GPU: column by column, vectors on the right. Pure.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include "base/vec3.hpp"

namespace drmshow {

struct Mat4 {
  std::array<float, 16> m{};  ///< row r of column c at c * 4 + r

  friend constexpr bool operator==(const Mat4&, const Mat4&) = default;
};

constexpr Mat4 operator*(const Mat4& a, const Mat4& b) {
  Mat4 product;
  for (std::size_t column = 0; column < 4; ++column)
    for (std::size_t row = 0; row < 4; ++row)
      for (std::size_t i = 0; i < 4; ++i)
        product.m[column * 4 + row] += a.m[i * 4 + row] * b.m[column * 4 + i];
  return product;
}

/// From the world to what a camera at `eye` sees that looks at `at`: x to the right, y up, z
/// towards the viewer. It must not look straight up or down.
inline Mat4 look_at(const Vec3& eye, const Vec3& at) {
  const Vec3 back = unit(eye - at);
  const Vec3 right = unit(cross({0, 1, 0}, back));
  const Vec3 up = cross(back, right);
  return {{right.x, up.x, back.x, 0, right.y, up.y, back.y, 0, right.z, up.z, back.z, 0,
           -dot(right, eye), -dot(up, eye), -dot(back, eye), 1}};
}

/// Perspective into Vulkan's clip space: y downwards, depth 0 at `near` to 1 at `far`.
/// `slope`: half the picture's height, seen at the distance 1; `aspect`: width by height.
constexpr Mat4 perspective(float slope, float aspect, float near, float far) {
  Mat4 matrix;
  matrix.m[0] = 1 / (slope * aspect);
  matrix.m[5] = -1 / slope;
  matrix.m[10] = far / (near - far);
  matrix.m[11] = -1;
  matrix.m[14] = near * far / (near - far);
  return matrix;
}

}  // namespace drmshow
