#include "render/vulkan/mesh_scene.hpp"

#include <cmath>
#include <fstream>
#include <numbers>

#include "content/obj_reader.hpp"
#include "drm-show/error.hpp"
#include "golden_testing.hpp"
#include "gpu_testing.hpp"

namespace drmshow::testing {
namespace {

constexpr Size small{320, 180};
// GPUs put the samples of an edge in slightly different places.
constexpr double edges = .02;

class MeshSceneFrames {
 public:
  explicit MeshSceneFrames(const Exhibit& exhibit, Size size = small)
      : renderer_{
            test_timeline(),
            std::make_unique<MeshScene>(test_gpu(), golden::pixel_format, size,
                                        std::make_shared<const LoadedExhibit>(test_gpu(), exhibit)),
            size, golden::pixel_format, 0} {}

  golden::DrawnFrame at(std::uint64_t number) { return {renderer_, moment_at(number)}; }

 private:
  Renderer renderer_;
};

Mesh mesh_of(const std::string& text) {
  return read_model_bytes(std::as_bytes(std::span{text}), "test").mesh;
}

// A cup, as a profile turned around: neither normals nor texture coordinates.
std::string cup() {
  constexpr std::pair<double, double> profile[] = {{0, 0},     {.5, 0},    {.5, .06},  {.12, .15},
                                                   {.1, .4},   {.3, .5},   {.7, .8},   {.8, 1.2},
                                                   {.74, 1.2}, {.64, .84}, {.25, .56}, {0, .52}};
  constexpr int around = 40;
  std::string text;
  for (const auto& [radius, height] : profile)
    for (int k = 0; k < around; ++k) {
      const double angle = 2 * std::numbers::pi * k / around;
      text += "v " + std::to_string(100 + radius * std::cos(angle)) + ' ' + std::to_string(height) +
              ' ' + std::to_string(radius * std::sin(angle) - 50) + '\n';
    }
  for (int i = 0; i + 1 < static_cast<int>(std::size(profile)); ++i)
    for (int k = 0; k < around; ++k) {
      const int a = i * around + k + 1;
      const int b = i * around + (k + 1) % around + 1;
      for (const int corner : {a, a + around, b + around, b})
        text += (corner == a ? "f " : " ") + std::to_string(corner);
      text += '\n';
    }
  return text;
}

TEST(MeshSceneGolden, TheRoomLooksAsItDid) {
  MeshSceneFrames frames{room_exhibit()};
  expect_as_it_was(frames.at(181), "room", edges);
}

TEST(MeshSceneGolden, ATexturedModelLooksAsItDid) {
  Mesh mesh = mesh_of(cup());
  set_texture(mesh, std::string{GOLDEN_DIR} + "/card-480x640.png");
  MeshSceneFrames frames{model_exhibit(std::move(mesh))};
  expect_as_it_was(frames.at(121), "model-cup", edges);
}

TEST(MeshScene, AFrameDependsOnItsMomentAlone) {
  MeshSceneFrames frames{model_exhibit(mesh_of(cup()))};
  const auto first = golden::draw(frames.at(7)).data;
  const auto other = golden::draw(frames.at(200)).data;
  EXPECT_NE(first, other);
  EXPECT_EQ(golden::draw(frames.at(7)).data, first);
  EXPECT_EQ(golden::draw(frames.at(7)).data, first);  // the other job
}

// A large mesh takes several pieces on its way into the GPU.
TEST(MeshScene, LargeMeshesArriveWhole) {
  constexpr int side = 600;
  std::string text;
  for (int y = 0; y <= side; ++y)
    for (int x = 0; x <= side; ++x)
      text += "v " + std::to_string(x) + ' ' + std::to_string(y) + " 0\n";
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const int a = y * (side + 1) + x + 1;
      text += "f " + std::to_string(a) + ' ' + std::to_string(a + 1) + ' ' +
              std::to_string(a + side + 2) + ' ' + std::to_string(a + side + 1) + '\n';
    }
  const Mesh mesh = mesh_of(text);
  ASSERT_GT(mesh.vertices.size() * sizeof(Vertex), Staging::size());
  const Mesh one = mesh_of("v 0 0 0\nv 600 0 0\nv 600 600 0\nv 0 600 0\nf 1 2 3 4\n");
  const auto many = golden::draw(MeshSceneFrames{model_exhibit(mesh)}.at(1)).data;
  const auto few = golden::draw(MeshSceneFrames{model_exhibit(one)}.at(1)).data;
  int off = 0;
  for (std::size_t i = 0; i < few.size(); ++i)
    if (difference(many[i], few[i]) > 8) ++off;
  EXPECT_LT(off, static_cast<int>(few.size() / 200));
}

// Whichever comes first in the file.
TEST(MeshScene, WhatIsInFrontHides) {
  const std::string corners =
      "v -1 -1 1\nv 1 -1 1\nv 1 1 1\nv -1 1 1\nv -1 -1 -1\nv 1 -1 -1\nv 1 1 -1\nv -1 1 -1\n";
  const char* const orders[] = {"usemtl a\nf 1 2 3 4\nusemtl b\nf 5 6 7 8\n",
                                "usemtl b\nf 5 6 7 8\nusemtl a\nf 1 2 3 4\n"};
  for (const char* order : orders) {
    Mesh mesh = mesh_of(corners + order);
    mesh.materials = {{"front", {}, {1, 0, 0}, false}, {"back", {}, {0, 0, 1}, false}};
    mesh.parts = {{0, 6, order == orders[0] ? 0u : 1u}, {6, 6, order == orders[0] ? 1u : 0u}};
    MeshSceneFrames frames{model_exhibit(std::move(mesh))};
    const auto picture = golden::draw(frames.at(1));
    const Pixel middle = picture.data[static_cast<std::size_t>(small.width) * 90 + 160];
    EXPECT_GT(middle >> 16 & 0xff, 100u);
    EXPECT_LT(middle & 0xff, 60u);
  }
}

TEST(MeshScene, DamagedTexturesAreErrors) {
  const std::string path = ::testing::TempDir() + "damaged.png";
  std::ofstream{path} << "\x89PNG\r\n\x1a\nand no more";
  Mesh mesh = mesh_of("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n");
  set_texture(mesh, path);
  try {
    MeshSceneFrames{model_exhibit(std::move(mesh))};
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::bad_content);
  }
  std::remove(path.c_str());
}

}  // namespace
}  // namespace drmshow::testing
