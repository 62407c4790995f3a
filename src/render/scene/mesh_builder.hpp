// Puts a mesh together from simple shapes, with normals and texture coordinates. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "content/mesh.hpp"

namespace drmshow {

class MeshBuilder {
 public:
  /// All that follows has this material; `texture`: a name that whoever loads textures knows.
  /// Lengths of texture coordinates are multiplied by `repeats` (of the texture a metre).
  void use(const std::string& texture, float repeats = 1);
  /// The same for what is not lit but gives light.
  void use_shining(const std::string& texture);

  /// A rectangle that `right` and `up` span from the corner `at`; its outside is where they turn
  /// counter-clockwise. The texture repeats by metres.
  void add_rectangle(const Vec3& at, const Vec3& right, const Vec3& up);
  /// The same with the texture once over all of it.
  void add_picture(const Vec3& at, const Vec3& right, const Vec3& up);
  void add_box(const Vec3& low, const Vec3& high);
  /// A frame of four boxes around a rectangle in the plane of z, `width` wide, from `low` to
  /// `high`.
  void add_frame(const Vec3& low, const Vec3& high, float width);

  struct ProfilePoint {
    float radius;
    float height;
  };
  /// A profile turned around the vertical axis through `at`: from the bottom up, its outside to the
  /// right. The texture goes around `around` times and by metres upwards.
  void add_turned(const Vec3& at, std::span<const ProfilePoint> profile, float around);
  void add_ball(const Vec3& at, float radius);
  /// A torus knot that winds 2 times around its axis, which is vertical, and 3 times through.
  void add_knot(const Vec3& at, float radius, float thickness);

  /// The mesh; the builder is good for nothing more.
  Mesh finish();

 private:
  // A grid of (columns + 1) * (rows + 1) vertices, the latest ones, as quads: outside where columns
  // and rows turn counter-clockwise.
  void add_grid(std::uint32_t columns, std::uint32_t rows);
  void add_quad(const Vec3& at, const Vec3& right, const Vec3& up, Uv extent);

  Mesh mesh_;
  std::vector<MeshPart> runs_;
  float repeats_ = 1;
};

}  // namespace drmshow
