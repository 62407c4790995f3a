#include "render/scene/room.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <filesystem>

#include "png_file.hpp"
#include "render/scene/exhibit.hpp"

namespace drmshow::testing {
namespace {

TEST(Room, IsASoundMesh) {
  const Mesh room = make_room();
  EXPECT_LT(room.vertices.size(), 30'000u);
  for (const Vertex& vertex : room.vertices) {
    EXPECT_NEAR(dot(vertex.normal, vertex.normal), 1, 1e-4);
    EXPECT_LE(std::fabs(vertex.position.x), kRoomHalf.x);
    EXPECT_LE(std::fabs(vertex.position.z), kRoomHalf.z);
    EXPECT_GE(vertex.position.y, 0);
    EXPECT_LE(vertex.position.y, kRoomHeight);
  }
  for (const std::uint32_t index : room.indices) ASSERT_LT(index, room.vertices.size());
  std::uint32_t covered = 0;
  for (const MeshPart& part : room.parts) {
    EXPECT_EQ(part.first_index, covered);
    covered += part.index_count;
  }
  EXPECT_EQ(covered, room.indices.size());
}

// The outside of each triangle is where its normals point.
TEST(Room, TrianglesTurnTheRightWay) {
  const Mesh room = make_room();
  for (std::size_t i = 0; i < room.indices.size(); i += 3) {
    const Vertex& a = room.vertices[room.indices[i]];
    const Vertex& b = room.vertices[room.indices[i + 1]];
    const Vertex& c = room.vertices[room.indices[i + 2]];
    const Vec3 across = cross(b.position - a.position, c.position - a.position);
    EXPECT_GE(dot(across, a.normal + b.normal + c.normal), -1e-7f) << i;
  }
}

TEST(Room, EachMaterialHasItsTexture) {
  for (const Material& material : make_room().materials) {
    const Texture texture = room_texture(material.texture.native());
    EXPECT_TRUE(std::has_single_bit(static_cast<unsigned>(texture.size.width)));
    EXPECT_TRUE(std::has_single_bit(static_cast<unsigned>(texture.size.height)));
    EXPECT_EQ(texture.pixels.size(), static_cast<std::size_t>(texture.size.area()));
    for (const Argb pixel : texture.pixels) ASSERT_EQ(pixel >> 24, 0xffu) << material.name;
  }
}

// Textures that repeat look the same on both sides of a seam as anywhere else.
TEST(Room, SurfacesHaveNoSeams) {
  for (const char* name : {"planks", "wallpaper", "marble", "plaster", "ceiling", "wood"}) {
    const Texture texture = room_texture(name);
    const auto pixel = [&](int x, int y) {
      return texture
          .pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(texture.size.width) +
                  static_cast<std::size_t>(x)];
    };
    const auto step_between = [&](int column, int next) {
      double sum = 0;
      for (int y = 0; y < texture.size.height; ++y)
        sum += std::abs(static_cast<int>(pixel(column, y) >> 8 & 0xff) -
                        static_cast<int>(pixel(next, y) >> 8 & 0xff));
      return sum / texture.size.height;
    };
    double most = 0;
    for (int x = 1; x < texture.size.width; ++x) most = std::max(most, step_between(x - 1, x));
    EXPECT_LE(step_between(texture.size.width - 1, 0), most * 1.05 + 1) << name;
  }
}

class Checks : public Picture {
 public:
  Size size() const override { return {40, 20}; }
  void draw_row(int y, std::span<Pixel> row) const override {
    for (std::size_t x = 0; x < row.size(); ++x)
      row[x] = (static_cast<int>(x) + y) % 2 == 0 ? rgb(255, 255, 255) : rgb(0, 0, 0);
  }
};

// Light is mixed, not sRGB codes: half of white is 188.
TEST(Texture, IsMadeSmallerWhenItIsTooLarge) {
  const std::string path = ::testing::TempDir() + "checks.png";
  golden::write_png(path, Checks{});
  const Texture whole = load_texture(path, 64);
  EXPECT_EQ(whole.size, (Size{40, 20}));
  EXPECT_EQ(whole.pixels[1], rgb(0, 0, 0));
  const Texture small = load_texture(path, 10);
  EXPECT_EQ(small.size, (Size{10, 5}));
  EXPECT_NEAR(static_cast<int>(small.pixels[22] & 0xff), 188, 4);
  std::filesystem::remove(path);
}

TEST(Exhibit, OneTextureForAll) {
  Mesh mesh{{{}, {}, {}}, {0, 1, 2}, {{0, 3, 0}}, {{"a", "a.png", {.5f, 0, 0}, false}, {}}};
  set_texture(mesh, "b.png");
  for (const Material& material : mesh.materials) {
    EXPECT_EQ(material.texture, "b.png");
    EXPECT_EQ(material.colour, (Vec3{1, 1, 1}));
  }
}

}  // namespace
}  // namespace drmshow::testing
