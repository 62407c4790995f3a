#include "content/triangulate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>

namespace drmshow::test {
namespace {

std::vector<Triangle> triangles_of(const std::vector<Vec3>& polygon) {
  std::vector<Triangle> triangles;
  triangulate(polygon, triangles);
  return triangles;
}

// Twice the area, with a sign, as seen against `normal`.
double area(const std::vector<Vec3>& p, const Triangle& t, const Vec3& normal) {
  return dot(cross(p[t[1]] - p[t[0]], p[t[2]] - p[t[0]]), normal);
}

double area_of_polygon(const std::vector<Vec3>& p, const Vec3& normal) {
  Vec3 sum;
  for (std::size_t i = 0; i < p.size(); ++i) sum = sum + cross(p[i], p[(i + 1) % p.size()]);
  return dot(sum, normal);
}

// As many triangles as there have to be, none of them turned over, and together as large as the
// polygon: then they cover it without overlapping.
void expect_covers(const std::vector<Vec3>& polygon, const Vec3& normal, const std::string& what) {
  const auto triangles = triangles_of(polygon);
  EXPECT_EQ(triangles.size(), polygon.size() - 2) << what;
  double sum = 0;
  for (const Triangle& triangle : triangles) {
    EXPECT_GE(area(polygon, triangle, normal), -1e-5) << what;
    sum += area(polygon, triangle, normal);
  }
  EXPECT_NEAR(sum, area_of_polygon(polygon, normal), 1e-3) << what;
}

TEST(Triangulate, ConvexBecomesAFan) {
  EXPECT_EQ(triangles_of({{0, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 1, 0}}),
            (std::vector<Triangle>{{0, 1, 2}, {0, 2, 3}}));
}

TEST(Triangulate, ConcaveIsCovered) {
  const std::pair<const char*, std::vector<Vec3>> cases[] = {
      {"arrow", {{0, 0, 0}, {2, 1, 0}, {0, 2, 0}, {.5f, 1, 0}}},
      {"arrow from its notch", {{.5f, 1, 0}, {0, 0, 0}, {2, 1, 0}, {0, 2, 0}}},
      {"L", {{0, 0, 0}, {2, 0, 0}, {2, 1, 0}, {1, 1, 0}, {1, 2, 0}, {0, 2, 0}}},
      {"comb",
       {{0, 0, 0}, {5, 0, 0}, {5, 3, 0}, {4, 1, 0}, {3, 3, 0}, {2, 1, 0}, {1, 3, 0}, {0, 1, 0}}},
      {"with corners in a line",
       {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {2, 2, 0}, {1, 1, 0}, {0, 2, 0}, {0, 1, 0}}},
      {"square with a hole, joined by a bridge",
       {{0, 0, 0},
        {4, 0, 0},
        {4, 4, 0},
        {0, 4, 0},
        {0, 0, 0},
        {1, 1, 0},
        {1, 3, 0},
        {3, 3, 0},
        {3, 1, 0},
        {1, 1, 0}}},
  };
  for (const auto& [what, polygon] : cases) expect_covers(polygon, {0, 0, 1}, what);
}

// Stars with arms of any length, seen from anywhere.
TEST(Triangulate, RandomStarsInSpace) {
  std::mt19937 random{7};
  std::uniform_real_distribution<float> length{.1f, 1};
  std::uniform_real_distribution<float> any{-1, 1};
  for (int i = 0; i < 300; ++i) {
    const Vec3 normal = unit({any(random), any(random), any(random)});
    const Vec3 right =
        unit(cross(normal, std::fabs(normal.x) < .5f ? Vec3{1, 0, 0} : Vec3{0, 1, 0}));
    const Vec3 up = cross(normal, right);
    const int corners = 4 + i % 60;
    std::vector<Vec3> star;
    for (int k = 0; k < corners; ++k) {
      const auto angle = static_cast<float>(2 * std::numbers::pi * k / corners);
      const float arm = length(random);
      star.push_back(right * (std::cos(angle) * arm) + up * (std::sin(angle) * arm));
    }
    expect_covers(star, normal, "star " + std::to_string(i));
  }
}

TEST(Triangulate, WhatIsNoProperPolygonGetsSomeTriangles) {
  const std::vector<Vec3> cases[] = {
      {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
      {{0, 0, 0}, {1, 0, 0}, {2, 0, 0}, {3, 0, 0}, {1.5f, 0, 0}},
      {{0, 0, 0}, {1, 1, 0}, {1, 0, 0}, {0, 1, 0}},
      {{0, 1, 0}, {1, -1, 0}, {-1, .3f, 0}, {1, .3f, 0}, {-1, -1, 0}},
      std::vector<Vec3>(5000, Vec3{1, 2, 3}),
  };
  for (const auto& polygon : cases) {
    const auto triangles = triangles_of(polygon);
    EXPECT_EQ(triangles.size(), polygon.size() - 2);
    for (const Triangle& triangle : triangles)
      for (const std::uint32_t corner : triangle) EXPECT_LT(corner, polygon.size());
  }
}

}  // namespace
}  // namespace drmshow::test
