#include "content/obj_reader.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "drm-show/error.hpp"

namespace drmshow::test {
namespace {

using namespace std::string_literals;

Model model_of(const std::string& text) {
  return read_model_bytes(std::as_bytes(std::span{text}), "model.obj");
}

std::string why_not(const std::string& text) {
  try {
    model_of(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::bad_content);
    EXPECT_FALSE(error.hint().empty());
    return error.what();
  }
  return "no error";
}

// The corners of all triangles, in order.
std::vector<Vec3> corners_of(const Mesh& mesh) {
  std::vector<Vec3> corners;
  for (const std::uint32_t index : mesh.indices) corners.push_back(mesh.vertices[index].position);
  return corners;
}

const std::string square = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n";
constexpr Vec3 p1{0, 0, 0};
constexpr Vec3 p2{1, 0, 0};
constexpr Vec3 p3{1, 1, 0};
constexpr Vec3 p4{0, 1, 0};

struct FaceCase {
  const char* what;
  std::string text;
  std::vector<Vec3> corners;
};

TEST(ObjReader, FacesInEveryWriting) {
  const std::string all = square + "vt 0 0\nvt 1 1\nvn 0 0 1\n";
  const FaceCase cases[] = {
      {"triangle", square + "f 1 2 3\n", {p1, p2, p3}},
      {"quad", square + "f 1 2 3 4\n", {p1, p2, p3, p1, p3, p4}},
      {"negative", square + "f -4 -3 -2\n", {p1, p2, p3}},
      {"negative, with more to come", square + "f -4 -3 -2\nv 9 9 9\n", {p1, p2, p3}},
      {"uv", all + "f 1/1 2/2 3/-1\n", {p1, p2, p3}},
      {"normal", all + "f 1//1 2//1 3//-1\n", {p1, p2, p3}},
      {"all", all + "f 1/1/1 2/2/1 3/1/1\n", {p1, p2, p3}},
      {"empty parts", all + "f 1/ 2// 3/1/\n", {p1, p2, p3}},
      {"no newline at the end", square + "f 1 2 3", {p1, p2, p3}},
      {"CRLF", "v 0 0 0\r\nv 1 0 0\r\nv 1 1 0\r\nf 1 2 3\r\n", {p1, p2, p3}},
      {"tabs and blanks", square + "  f\t1   2 \t 3  \n", {p1, p2, p3}},
      {"comments", "# a \\\n" + square + "#f 1 2 4\nf 1 2 3 # the only one\n", {p1, p2, p3}},
      {"continued", square + "f 1 \\\n  2 \\\r\n  3\n", {p1, p2, p3}},
      {"continued at the end", square + "f 1 2 3 \\", {p1, p2, p3}},
      {"byte order mark", "\xef\xbb\xbf" + square + "f 1 2 3\n", {p1, p2, p3}},
      {"unknown keywords",
       "mg 1 2\ncurv2 x\no a\ng b c\n" + square + "l 1 2\np 1\nf 1 2 3\n",
       {p1, p2, p3}},
      {"numbers",
       "v +0 -0.0 0e9\nv 1.0000 1e-60 .0 1.0\nv 1.E0 100e-2 0 0.5 0.5 0.5\nf 1 2 3\n",
       {p1, p2, p3}},
  };
  for (const FaceCase& c : cases) EXPECT_EQ(corners_of(model_of(c.text).mesh), c.corners) << c.what;
}

TEST(ObjReader, SaysWhatIsWrongAndWhere) {
  const std::pair<std::string, const char*> cases[] = {
      {square + "f 1 2 99\n", "model.obj:5: face index 99 but only 4 vertices so far"},
      {square + "f 1 2 0\n", "model.obj:5: face index 0 but only 4 vertices so far"},
      {square + "f 1 2 -5\n", "model.obj:5: face index -5 but only 4 vertices so far"},
      {square + "f 1 2 9999999999999999999999999\n",
       "model.obj:5: face index 99999999999999999999… but only 4 vertices so far"},
      {square + "f 1/1 2/1 3/1\n",
       "model.obj:5: face index 1 but only 0 texture coordinates so far"},
      {square + "f 1//1 2//1 3//1\n", "model.obj:5: face index 1 but only 0 normals so far"},
      {square + "f 1 2 x\n", "model.obj:5: \"x\" in a face is not a whole number"},
      {square + "f 1 2 3.5\n", "model.obj:5: \"3.5\" in a face is not a whole number"},
      {square + "f 1 2 /1\n", "model.obj:5: \"\" in a face is not a whole number"},
      {square + "f 1 2 3/1/1/1\n",
       "model.obj:5: face index 1 but only 0 texture coordinates so far"},
      {square + "vn 0 0 1\nf 1//1 2//1/1 3\n",
       "model.obj:6: \"1/1\" in a face is not a whole number"},
      {square + "f 1 2", "model.obj:5: a face with 2 corners"},
      {square + "\n\nf \\\n1 2\n", "model.obj:7: a face with 2 corners"},
      {"v 1 2", "model.obj:1: a vertex with too few numbers"},
      {"v 1 2 nan\n", "model.obj:1: \"nan\" in a vertex is not a number from -1e18 to 1e18"},
      {"v 1 2 -inf\n", "model.obj:1: \"-inf\" in a vertex is not a number from -1e18 to 1e18"},
      {"v 1 2 1e19\n", "model.obj:1: \"1e19\" in a vertex is not a number from -1e18 to 1e18"},
      {"v 1 2 1e999\n", "model.obj:1: \"1e999\" in a vertex is not a number from -1e18 to 1e18"},
      {"v 1 2 3x\n", "model.obj:1: \"3x\" in a vertex is not a number from -1e18 to 1e18"},
      {"vt\n", "model.obj:1: a texture coordinate with too few numbers"},
      {"vn 0 1\n", "model.obj:1: a normal with too few numbers"},
      {"v 1 2 \x1b[31mred" + std::string(99, '!'), "model.obj:1: \"?[31mred!!!!!!!!!!"},
      {"", "model.obj: has neither vertices nor faces"},
      {"hello\n", "model.obj: has neither vertices nor faces"},
      {square, "model.obj: has no faces"},
      {"v 1 2\0 3"s, "model.obj:1: is binary, not text"},
      {"# a\n\x7f"
       "ELF\0\0\0"s,
       "model.obj:2: is binary, not text"},
      {std::string(2 << 20, ' '), "model.obj:1: a line of more than 1048576 bytes"},
  };
  for (const auto& [text, error] : cases)
    EXPECT_TRUE(why_not(text).starts_with(error)) << why_not(text);
}

TEST(ObjReader, ALineMayNotGoOnForEver) {
  std::string text = "f 1";
  while (text.size() < 3 << 20) text += " 1 \\\n";
  EXPECT_EQ(why_not(text), "model.obj:1: a line of more than 1048576 bytes");
}

TEST(ObjReader, EqualCornersAreOneVertex) {
  const Mesh mesh = model_of(square +
                             "vt 0 0\nvn 0 0 1\nf 1/1/1 2/1/1 3/1/1\n"
                             "f 1/1/1 3/1/1 4/1/1\nf -4/-1/-1 2/1/1 4/1/1\n")
                        .mesh;
  EXPECT_EQ(mesh.vertices.size(), 4u);
  EXPECT_EQ(mesh.indices, (std::vector<std::uint32_t>{0, 1, 2, 0, 2, 3, 0, 1, 3}));
}

TEST(ObjReader, TextureCoordinatesCountFromTheTop) {
  const Mesh mesh = model_of(square + "vt .25\nvt .5 0.25 7\nf 1/1 2/2 3/2\n").mesh;
  EXPECT_EQ(mesh.vertices[0].uv, (Uv{.25f, 1}));
  EXPECT_EQ(mesh.vertices[1].uv, (Uv{.5f, .75f}));
}

TEST(ObjReader, NormalsAreMadeUnit) {
  const Mesh mesh = model_of(square + "vn 0 0 1e18\nvn 3e-20 0 4e-20\nf 1//1 2//2 3//1\n").mesh;
  EXPECT_EQ(mesh.vertices[0].normal, (Vec3{0, 0, 1}));
  EXPECT_NEAR(mesh.vertices[1].normal.x, .6, 1e-6);
}

// A cube's corners keep three normals each; a flat strip's keep one.
TEST(ObjReader, MissingNormalsAreSmoothOnlyAcrossGentleEdges) {
  const std::string cube =
      "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nv 0 0 1\nv 1 0 1\nv 1 1 1\nv 0 1 1\n"
      "f 1 4 3 2\nf 5 6 7 8\nf 1 2 6 5\nf 2 3 7 6\nf 3 4 8 7\nf 4 1 5 8\n";
  const Mesh mesh = model_of(cube).mesh;
  EXPECT_EQ(mesh.vertices.size(), 24u);
  for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
    const auto at = [&](std::size_t k) { return mesh.vertices[mesh.indices[i + k]]; };
    const Vec3 face = unit(cross(at(1).position - at(0).position, at(2).position - at(0).position));
    for (const std::size_t k : {0u, 1u, 2u}) EXPECT_EQ(at(k).normal, face);
  }
}

TEST(ObjReader, SmoothingOffMakesFlatNormals) {
  const std::string roof = "v 0 0 0\nv 1 .2 0\nv 1 .2 1\nv 0 0 1\nv 2 0 0\nv 2 0 1\nvt 0 0\n";
  const std::string faces = "f 1/1 4/1 3/1 2/1\nf 2/1 3/1 6/1 5/1\n";
  const Mesh smooth = model_of(roof + faces).mesh;
  EXPECT_EQ(smooth.vertices.size(), 6u);
  EXPECT_NEAR(smooth.vertices[smooth.indices[2]].normal.x, 0, 1e-6);  // the ridge
  for (const char* off : {"s off\n", "s 0\n"}) {
    const Mesh flat = model_of(roof + off + faces).mesh;
    EXPECT_EQ(flat.vertices.size(), 8u);
    EXPECT_LT(flat.vertices[flat.indices[2]].normal.x, -.1f);
  }
}

TEST(ObjReader, MissingTextureCoordinatesAreThoseOfABox) {
  const Mesh mesh = model_of("v 2 0 0\nv 4 0 0\nv 4 1 0\nv 2 1 0\nf 1 2 3 4\n").mesh;
  EXPECT_EQ(mesh.vertices[0].uv, (Uv{0, .5f}));  // bottom left
  EXPECT_EQ(mesh.vertices[2].uv, (Uv{1, 0}));    // top right
}

// However strange the model: what comes out can be drawn.
TEST(ObjReader, NothingComesOutThatIsNotANumber) {
  const char* const models[] = {
      "v 0 0 0\nf 1 1 1\n",
      "v 1e18 1e18 1e18\nv -1e18 -1e18 -1e18\nv 1e18 0 0\nf 1 2 3\n",
      "v 1e-45 0 0\nv 0 1e-45 0\nv 0 0 0\nf 1 2 3\n",
      "v 0 0 0\nv 1 0 0\nv 2 0 0\nvn 0 0 0\ns off\nf 1//1 2//1 3//1\nf 1 2 3 2 1\n",
  };
  for (const char* text : models) {
    for (const Vertex& vertex : model_of(text).mesh.vertices) {
      EXPECT_NEAR(dot(vertex.normal, vertex.normal), 1, 1e-5) << text;
      EXPECT_TRUE(std::isfinite(vertex.uv.u) && std::isfinite(vertex.uv.v)) << text;
    }
  }
}

// Time that grows with the square of these numbers would be noticed.
TEST(ObjReader, ManyFacesAroundOnePoint) {
  std::string text = "s off\n";
  constexpr int kRim = 100'000;
  for (int i = 0; i < kRim; ++i) {
    const double angle = i * 6.283 / kRim;
    text += "v " + std::to_string(std::cos(angle)) + ' ' + std::to_string(std::sin(angle)) + " 0\n";
  }
  text += "v 0 0 1\n";
  const std::string top = std::to_string(kRim + 1);
  for (int i = 1; i < kRim; ++i)
    text += "f " + top + ' ' + std::to_string(i) + ' ' + std::to_string(i + 1) + '\n';
  EXPECT_EQ(model_of(text).mesh.indices.size(), std::size_t{kRim - 1} * 3);
}

}  // namespace
}  // namespace drmshow::test
