#include "content/triangulate.hpp"

#include <cmath>

namespace drmshow {
namespace {

struct Point2 {
  double x;
  double y;
};

// Twice the area, positive if a, b, c turn counter-clockwise.
double turning(const Point2& a, const Point2& b, const Point2& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// The polygon seen against its normal (Newell's, which concave and slightly bent polygons have
// too), along the axis that is nearest to it: counter-clockwise.
std::vector<Point2> flattened(std::span<const Vec3> polygon) {
  double nx = 0;
  double ny = 0;
  double nz = 0;
  const Vec3* from = &polygon.back();
  for (const Vec3& to : polygon) {
    nx += (double{from->y} - to.y) * (double{from->z} + to.z);
    ny += (double{from->z} - to.z) * (double{from->x} + to.x);
    nz += (double{from->x} - to.x) * (double{from->y} + to.y);
    from = &to;
  }
  std::vector<Point2> flat;
  flat.reserve(polygon.size());
  const double ax = std::fabs(nx);
  const double ay = std::fabs(ny);
  const double az = std::fabs(nz);
  for (const Vec3& p : polygon) {
    if (ax >= ay && ax >= az)
      flat.push_back(nx >= 0 ? Point2{p.y, p.z} : Point2{p.z, p.y});
    else if (ay >= az)
      flat.push_back(ny >= 0 ? Point2{p.z, p.x} : Point2{p.x, p.z});
    else
      flat.push_back(nz >= 0 ? Point2{p.x, p.y} : Point2{p.y, p.x});
  }
  return flat;
}

bool is_convex(const std::vector<Point2>& polygon) {
  const std::size_t count = polygon.size();
  for (std::size_t i = 0; i < count; ++i)
    if (turning(polygon[i], polygon[(i + 1) % count], polygon[(i + 2) % count]) < 0) return false;
  return true;
}

void add_fan(std::size_t corners, std::vector<Triangle>& triangles) {
  for (std::uint32_t i = 2; i < corners; ++i) triangles.push_back({0, i - 1, i});
}

// Cuts off corners one after the other whose triangle has no other corner in it. Whether a corner
// is such an ear changes only when a neighbour goes, so that n cuts take n * n steps.
class EarCutter {
 public:
  explicit EarCutter(const std::vector<Point2>& points) : points_{points} {
    const auto count = static_cast<std::uint32_t>(points.size());
    corners_.resize(count);
    for (std::uint32_t i = 0; i < count; ++i)
      corners_[i] = {(i + count - 1) % count, (i + 1) % count, Kind::other};
    for (std::uint32_t i = 0; i < count; ++i) classify(i);
  }

  void cut(std::vector<Triangle>& triangles) {
    std::uint32_t at = 0;
    for (std::size_t left = points_.size(); left > 2; --left) {
      at = ear_from(at, left);
      const auto [before, after, kind] = corners_[at];
      triangles.push_back({before, at, after});
      corners_[before].after = after;
      corners_[after].before = before;
      classify(before);
      classify(after);
      at = after;
    }
  }

 private:
  enum class Kind { ear, other };
  struct Corner {
    std::uint32_t before = 0;
    std::uint32_t after = 0;
    Kind kind = Kind::other;
  };

  // If there is none, the polygon crosses itself or has no area: any corner will do.
  std::uint32_t ear_from(std::uint32_t at, std::size_t left) const {
    for (std::size_t i = 0; i < left && corners_[at].kind != Kind::ear; ++i)
      at = corners_[at].after;
    return at;
  }

  void classify(std::uint32_t at) { corners_[at].kind = is_ear(at) ? Kind::ear : Kind::other; }

  bool is_ear(std::uint32_t at) const {
    const auto [before, after, kind] = corners_[at];
    const Point2& a = points_[before];
    const Point2& b = points_[at];
    const Point2& c = points_[after];
    if (turning(a, b, c) <= 0) return false;
    for (std::uint32_t i = corners_[after].after; i != before; i = corners_[i].after)
      if (covers(a, b, c, points_[i])) return false;
    return true;
  }

  // A corner in the same place as one of a, b, c does not hinder: bridges to holes have such pairs.
  static bool covers(const Point2& a, const Point2& b, const Point2& c, const Point2& p) {
    const auto same = [&](const Point2& other) { return p.x == other.x && p.y == other.y; };
    return turning(a, b, p) >= 0 && turning(b, c, p) >= 0 && turning(c, a, p) >= 0 && !same(a) &&
           !same(b) && !same(c);
  }

  const std::vector<Point2>& points_;
  std::vector<Corner> corners_;  // a ring of those that are left
};

}  // namespace

void triangulate(std::span<const Vec3> polygon, std::vector<Triangle>& triangles) {
  if (polygon.size() == 3 || polygon.size() > kMaxEarCorners) {
    add_fan(polygon.size(), triangles);
    return;
  }
  const std::vector<Point2> flat = flattened(polygon);
  if (is_convex(flat))
    add_fan(polygon.size(), triangles);
  else
    EarCutter{flat}.cut(triangles);
}

}  // namespace drmshow
