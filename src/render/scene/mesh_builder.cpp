#include "render/scene/mesh_builder.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace drmshow {
namespace {

constexpr std::uint32_t kAround = 48;  // corners of what is round

float length(const Vec3& v) {
  return std::sqrt(dot(v, v));
}

float turns(float count) {
  return count * 2 * std::numbers::pi_v<float>;
}

}  // namespace

void MeshBuilder::use(const std::string& texture, float repeats) {
  const auto found = std::ranges::find(mesh_.materials, texture, &Material::name);
  const auto place = static_cast<std::uint32_t>(found - mesh_.materials.begin());
  if (found == mesh_.materials.end())
    mesh_.materials.push_back(
        {.name = texture, .texture = texture, .colour = {1, 1, 1}, .shines = false});
  runs_.push_back({static_cast<std::uint32_t>(mesh_.indices.size()), 0, place});
  repeats_ = repeats;
}

void MeshBuilder::use_shining(const std::string& texture) {
  use(texture);
  mesh_.materials[runs_.back().material].shines = true;
}

void MeshBuilder::add_grid(std::uint32_t columns, std::uint32_t rows) {
  const std::uint32_t stride = columns + 1;
  const auto first = static_cast<std::uint32_t>(mesh_.vertices.size()) - stride * (rows + 1);
  for (std::uint32_t row = 0; row < rows; ++row)
    for (std::uint32_t column = 0; column < columns; ++column) {
      const std::uint32_t at = first + row * stride + column;
      for (const std::uint32_t index :
           {at, at + 1, at + 1 + stride, at, at + 1 + stride, at + stride})
        mesh_.indices.push_back(index);
    }
  runs_.back().index_count += columns * rows * 6;
}

void MeshBuilder::add_quad(const Vec3& at, const Vec3& right, const Vec3& up, Uv extent) {
  const Vec3 normal = unit(cross(right, up));
  mesh_.vertices.push_back({at, normal, {0, extent.v}});
  mesh_.vertices.push_back({at + right, normal, extent});
  mesh_.vertices.push_back({at + up, normal, {0, 0}});
  mesh_.vertices.push_back({at + right + up, normal, {extent.u, 0}});
  add_grid(1, 1);
}

void MeshBuilder::add_rectangle(const Vec3& at, const Vec3& right, const Vec3& up) {
  add_quad(at, right, up, {length(right) * repeats_, length(up) * repeats_});
}

void MeshBuilder::add_picture(const Vec3& at, const Vec3& right, const Vec3& up) {
  add_quad(at, right, up, {1, 1});
}

void MeshBuilder::add_box(const Vec3& low, const Vec3& high) {
  const Vec3 size = high - low;
  const Vec3 x{size.x, 0, 0};
  const Vec3 y{0, size.y, 0};
  const Vec3 z{0, 0, size.z};
  add_rectangle(low + z, x, y);       // front
  add_rectangle(low + x, -x, y);      // back
  add_rectangle(low + x + z, -z, y);  // right
  add_rectangle(low, z, y);           // left
  add_rectangle(low + y + z, x, -z);  // top
  add_rectangle(low, x, z);           // bottom
}

void MeshBuilder::add_frame(const Vec3& low, const Vec3& high, float width) {
  const float w = width;
  add_box({low.x - w, low.y - w, low.z}, {high.x + w, low.y, high.z});
  add_box({low.x - w, high.y, low.z}, {high.x + w, high.y + w, high.z});
  add_box({low.x - w, low.y, low.z}, {low.x, high.y, high.z});
  add_box({high.x, low.y, low.z}, {high.x + w, high.y, high.z});
}

void MeshBuilder::add_turned(const Vec3& at, std::span<const ProfilePoint> profile, float around) {
  // Each piece with vertices of its own, so that its edges are sharp.
  float climbed = 0;
  for (std::size_t i = 1; i < profile.size(); ++i) {
    const ProfilePoint& lower = profile[i - 1];
    const ProfilePoint& upper = profile[i];
    const float outward = upper.height - lower.height;
    const float upward = lower.radius - upper.radius;
    const float next = climbed + std::hypot(outward, upward);
    for (const bool is_upper : {false, true})
      for (std::uint32_t k = 0; k <= kAround; ++k) {
        const ProfilePoint& point = is_upper ? upper : lower;
        const float part = static_cast<float>(k) / kAround;
        const Vec3 out{std::sin(turns(part)), 0, std::cos(turns(part))};
        const float v = (is_upper ? next : climbed) * repeats_;
        mesh_.vertices.push_back({at + out * point.radius + Vec3{0, point.height, 0},
                                  unit(out * outward + Vec3{0, upward, 0}),
                                  {part * around, -v}});
      }
    add_grid(kAround, 1);
    climbed = next;
  }
}

void MeshBuilder::add_ball(const Vec3& at, float radius) {
  constexpr std::uint32_t kRows = kAround / 2;
  for (std::uint32_t row = 0; row <= kRows; ++row)
    for (std::uint32_t k = 0; k <= kAround; ++k) {
      const float u = static_cast<float>(k) / kAround;
      const float v = static_cast<float>(row) / kRows;
      const float wide = std::sin(turns(v / 2));
      const Vec3 out{wide * std::sin(turns(u)), -std::cos(turns(v / 2)), wide * std::cos(turns(u))};
      mesh_.vertices.push_back({at + out * radius, out, {u, 1 - v}});
    }
  add_grid(kAround, kRows);
}

void MeshBuilder::add_knot(const Vec3& at, float radius, float thickness) {
  constexpr std::uint32_t kAlong = 240;
  constexpr std::uint32_t kAcross = 20;
  const auto centre = [&](float part) {
    const float wide = radius * (1 + .45f * std::cos(turns(3 * part)));
    return Vec3{wide * std::cos(turns(2 * part)), radius * .45f * std::sin(turns(3 * part)),
                wide * std::sin(turns(2 * part))};
  };
  for (std::uint32_t row = 0; row <= kAlong; ++row) {
    const float part = static_cast<float>(row) / kAlong;
    const Vec3 here = centre(part);
    const Vec3 along = unit(centre(part + .001f) - centre(part - .001f));
    const Vec3 side = unit(cross(along, here));
    const Vec3 out = cross(side, along);
    for (std::uint32_t k = 0; k <= kAcross; ++k) {
      const float round = static_cast<float>(k) / kAcross;
      const Vec3 normal = side * std::sin(turns(round)) + out * std::cos(turns(round));
      mesh_.vertices.push_back({at + here + normal * thickness, normal, {round, part * 12}});
    }
  }
  add_grid(kAcross, kAlong);
}

Mesh MeshBuilder::finish() {
  join_parts(mesh_, runs_);
  return std::move(mesh_);
}

}  // namespace drmshow
