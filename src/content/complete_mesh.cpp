#include "content/complete_mesh.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace drmshow {
namespace {

// How a triangle stands at one of its corners.
struct Facing {
  Vec3 normal;
  float angle = 0;  // radians; 0 for a triangle without area
};

// Scaled before it is squared: coordinates may be as large as 1e18 and as small as floats get.
Facing facing_at(const Mesh& mesh, std::uint32_t corner) {
  const std::uint32_t first = corner / 3 * 3;
  const auto point = [&](std::uint32_t step) -> const Vec3& {
    return mesh.vertices[mesh.indices[first + (corner - first + step) % 3]].position;
  };
  const Vec3 along = unit(point(1) - point(0));
  const Vec3 back = unit(point(2) - point(0));
  const Vec3 normal = unit(cross(along, back));
  if (normal == Vec3{}) return {};
  return {normal, std::acos(std::clamp(dot(along, back), -1.0f, 1.0f))};
}

bool is_complete(const VertexKey& key) {
  return key.uv != VertexKey::none && key.normal != VertexKey::none &&
         key.normal != VertexKey::flat;
}

// The corners of incomplete vertices, sorted by position.
class CornersAround {
 public:
  CornersAround(const Mesh& mesh, std::span<const VertexKey> keys, std::uint32_t positions)
      : ends_(std::size_t{positions} + 1) {
    for (const std::uint32_t vertex : mesh.indices)
      if (!is_complete(keys[vertex])) ++ends_[keys[vertex].position];
    std::uint32_t sum = 0;
    for (std::uint32_t& end : ends_) end = sum += end;
    corners_.resize(sum);
    // Backwards, so that what were ends become beginnings.
    for (auto corner = static_cast<std::uint32_t>(mesh.indices.size()); corner-- > 0;) {
      const VertexKey& key = keys[mesh.indices[corner]];
      if (!is_complete(key)) corners_[--ends_[key.position]] = corner;
    }
  }

  /// `position` from 1, as keys have it.
  std::span<const std::uint32_t> at(std::uint32_t position) const {
    const std::size_t end = position + 1 < ends_.size() ? ends_[position + 1] : corners_.size();
    return std::span{corners_}.subspan(ends_[position], end - ends_[position]);
  }

 private:
  std::vector<std::uint32_t> ends_;
  std::vector<std::uint32_t> corners_;
};

// A box around the mesh, each side of which shows the texture upright to who looks at it.
class TextureBox {
 public:
  explicit TextureBox(const Bounds& bounds) : bounds_{bounds} {
    const Vec3 extent = bounds.high - bounds.low;
    const float longest = std::max({extent.x, extent.y, extent.z});
    if (longest > std::numeric_limits<float>::min()) scale_ = 1 / longest;
  }

  Uv at(const Vec3& p, const Vec3& normal) const {
    const Vec3 low = (p - bounds_.low) * scale_;
    const Vec3 high = (bounds_.high - p) * scale_;
    const float x = std::fabs(normal.x);
    const float y = std::fabs(normal.y);
    const float z = std::fabs(normal.z);
    if (x > y && x > z) return {normal.x > 0 ? high.z : low.z, high.y};
    if (y > z) return {low.x, normal.y > 0 ? low.z : high.z};
    return {normal.z >= 0 ? low.x : high.x, high.y};
  }

 private:
  Bounds bounds_;
  float scale_ = 1;
};

class Completer {
 public:
  Completer(Mesh& mesh, std::span<const VertexKey> keys, std::uint32_t positions)
      : mesh_{mesh},
        keys_{keys},
        box_{bounds_of(mesh.vertices)},
        corners_{mesh, keys, positions},
        used_(keys.size()) {}

  void complete(std::uint32_t position) {
    const auto corners = corners_.at(position);
    splits_.clear();
    sum_ = {};
    for (std::size_t i = 0; i < corners.size(); ++i) {
      Facing facing = facing_at(mesh_, corners[i]);
      if (keys_[mesh_.indices[corners[i]]].normal != VertexKey::none) facing.angle = 0;
      if (i < facings_.size()) facings_[i] = facing;
      sum_ = sum_ + facing.normal * facing.angle;
    }
    for (const std::uint32_t corner : corners) put(corner, completed(corner, corners.size()));
  }

 private:
  Vertex completed(std::uint32_t corner, std::size_t around) const {
    Vertex vertex = mesh_.vertices[mesh_.indices[corner]];
    const VertexKey& key = keys_[mesh_.indices[corner]];
    const Facing facing = facing_at(mesh_, corner);
    if (key.normal == VertexKey::none) vertex.normal = smoothed(facing.normal, around);
    if (key.normal == VertexKey::flat) vertex.normal = facing.normal;
    if (vertex.normal == Vec3{}) vertex.normal = {0, 0, 1};  // of a triangle without area
    if (key.uv == VertexKey::none)
      vertex.uv = box_.at(vertex.position, facing.normal == Vec3{} ? vertex.normal : facing.normal);
    return vertex;
  }

  // `around`: how many corners there are.
  Vec3 smoothed(const Vec3& own, std::size_t around) const {
    if (around > facings_.size() || own == Vec3{}) return unit(sum_);
    Vec3 sum;
    for (const Facing& other : std::span{facings_}.first(around))
      if (dot(own, other.normal) > kCreaseCosine) sum = sum + other.normal * other.angle;
    return unit(sum);
  }

  // Lets `corner` use a vertex equal to `wanted`: its own, if no other corner needed that to be
  // different; one of the latest splits; or a new one.
  void put(std::uint32_t corner, const Vertex& wanted) {
    const auto is_wanted = [&](std::uint32_t i) {
      const Vertex& other = mesh_.vertices[i];
      return dot(other.normal, wanted.normal) > kSameCosine && is_near(other.uv, wanted.uv);
    };
    std::uint32_t& index = mesh_.indices[corner];
    if (!used_[index]) {
      used_[index] = true;
      mesh_.vertices[index] = wanted;
      return;
    }
    if (is_wanted(index)) return;
    const std::size_t oldest = splits_.size() - std::min(splits_.size(), kSplitsSearched);
    const auto found = std::find_if(splits_.begin() + static_cast<std::ptrdiff_t>(oldest),
                                    splits_.end(), is_wanted);
    if (found != splits_.end()) {
      index = *found;
      return;
    }
    index = static_cast<std::uint32_t>(mesh_.vertices.size());
    splits_.push_back(index);
    mesh_.vertices.push_back(wanted);
  }

  // The triangles of a flat quad differ in their last digits.
  static constexpr float kSameCosine = .999999f;
  static bool is_near(Uv a, Uv b) {
    return std::fabs(a.u - b.u) < 1e-5f && std::fabs(a.v - b.v) < 1e-5f;
  }

  static constexpr std::size_t kSplitsSearched = 16;  // more would only save memory, seldom

  Mesh& mesh_;
  std::span<const VertexKey> keys_;
  TextureBox box_;
  CornersAround corners_;
  std::vector<bool> used_;  // vertices of the file that have their values
  // Of one position:
  std::array<Facing, kMaxCreased> facings_{};  // of the first corners; angle 0: not to be smoothed
  Vec3 sum_;                                   // of all corners
  std::vector<std::uint32_t> splits_;
};

}  // namespace

void complete_mesh(Mesh& mesh, std::span<const VertexKey> keys, std::uint32_t positions) {
  if (std::ranges::all_of(keys, is_complete)) return;
  Completer completer{mesh, keys, positions};
  for (std::uint32_t position = 1; position <= positions; ++position) completer.complete(position);
}

}  // namespace drmshow
