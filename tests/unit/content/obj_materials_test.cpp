#include <gtest/gtest.h>

#include <unistd.h>

#include <fstream>

#include "content/mtl_reader.hpp"
#include "content/obj_reader.hpp"
#include "drm-show/error.hpp"

namespace drmshow::test {
namespace {

std::vector<Material> materials_of(const std::string& text) {
  std::vector<Material> materials;
  read_materials(ByteSource{std::as_bytes(std::span{text})}, "a.mtl", "folder", materials);
  return materials;
}

TEST(MtlReader, TexturesAfterOptionsAndWithBlanks) {
  const std::pair<const char*, const char*> cases[] = {
      {"wood.png", "folder/wood.png"},
      {"sub/wood.png", "folder/sub/wood.png"},
      {"sub\\wood.png", "folder/sub/wood.png"},
      {"/abs/wood.png", "/abs/wood.png"},
      {"oak wood 2.png", "folder/oak wood 2.png"},
      {"wood#1.png  ", "folder/wood#1.png"},
      {"-s 1 1 1 wood.png", "folder/wood.png"},
      {"-s 2 oak wood.png", "folder/oak wood.png"},
      {"-o 0.5 0 -s 1 1 -clamp on -mm 0 1 oak wood.png", "folder/oak wood.png"},
      {"-blendu off -bm 0.3 -imfchan r 7 up.png", "folder/7 up.png"},
      {"-s 1 1 1", ""},
      {"", ""},
  };
  for (const auto& [map, path] : cases) {
    const auto materials = materials_of(std::string{"newmtl a\nmap_Kd "} + map + "\r\n");
    ASSERT_EQ(materials.size(), 1u);
    EXPECT_EQ(materials[0].texture, path) << map;
  }
}

TEST(MtlReader, Colours) {
  const auto materials = materials_of(
      "# two\nnewmtl a b\nNs 10\nKd 0.5 0.25 2\nKa 1 1 1\nnewmtl grey\n\tKd .5 # half\n"
      "newmtl c\nKd spectral x.rfl\n");
  ASSERT_EQ(materials.size(), 3u);
  EXPECT_EQ(materials[0].name, "a b");
  EXPECT_EQ(materials[0].colour, (Vec3{.5f, .25f, 1}));
  EXPECT_EQ(materials[1].colour, (Vec3{.5f, .5f, .5f}));
  EXPECT_EQ(materials[2].colour, (Vec3{1, 1, 1}));
}

TEST(MtlReader, SaysWhatIsWrong) {
  std::string many;
  for (std::size_t i = 0; i <= kMaxMaterials; ++i) many += "newmtl a\n";
  const std::pair<std::string, const char*> cases[] = {
      {"Kd 1 1 1\n", "a.mtl:1: a colour or a texture before any newmtl"},
      {"newmtl a\nKd red\n", "a.mtl:2: the colour \"red\" is not a number"},
      {"newmtl a\nKd 1 nan 1\n", "a.mtl:2: the colour is not made of numbers"},
      {many, "a.mtl:4097: more than 4096 materials"},
      {std::string("newmtl a\0", 9), "a.mtl:1: is binary, not text"},
  };
  for (const auto& [text, why] : cases) {
    try {
      materials_of(text);
      ADD_FAILURE() << why;
    } catch (const Error& error) {
      EXPECT_STREQ(error.what(), why);
    }
  }
}

class ObjFiles : public ::testing::Test {
 protected:
  ObjFiles() {
    std::string name = (std::filesystem::temp_directory_path() / "obj-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~ObjFiles() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const char* name, const std::string& text) const {
    std::ofstream{folder_ / name, std::ios::binary} << text;
    return folder_ / name;
  }

  std::filesystem::path folder_;
};

const std::string corners = "v 0 0 0\nv 1 0 0\nv 0 1 0\n";

TEST_F(ObjFiles, OnePartForEachMaterial) {
  write("b.png", "whatever");
  write("a.mtl", "newmtl red\nKd 1 0 0\nnewmtl blue\nKd 0 0 1\nmap_Kd b.png\nnewmtl unused\n");
  const auto path =
      write("m.obj", "mtllib a.mtl\n" + corners +
                         "usemtl blue\nf 1 2 3\nusemtl red\nf 2 3 1\nusemtl blue\nf 3 1 2\n");
  const Model model = read_model(path);
  EXPECT_TRUE(model.notes.empty());
  const Mesh& mesh = model.mesh;
  ASSERT_EQ(mesh.parts.size(), 2u);
  EXPECT_EQ(mesh.materials[mesh.parts[0].material].name, "red");
  EXPECT_EQ(mesh.parts[0].first_index, 0u);
  EXPECT_EQ(mesh.parts[0].index_count, 3u);
  EXPECT_EQ(mesh.materials[mesh.parts[1].material].texture, folder_ / "b.png");
  EXPECT_EQ(mesh.parts[1].first_index, 3u);
  EXPECT_EQ(mesh.parts[1].index_count, 6u);
  const auto x = [&](std::size_t i) { return mesh.vertices[mesh.indices[i]].position.x; };
  EXPECT_EQ(x(0), 1);  // of "f 2 3 1"
  EXPECT_EQ(x(4), 1);  // of "f 1 2 3"
  EXPECT_EQ(x(8), 1);  // of "f 3 1 2"
}

TEST_F(ObjFiles, LibrariesWithBlanksAndSeveral) {
  write("my lib.mtl", "newmtl one\n");
  write("b.mtl", "newmtl two\n");
  write("c.mtl", "newmtl three\nnewmtl two\nKd 0 0 0\n");
  const auto path = write("m.obj", "mtllib my lib.mtl\nmtllib b.mtl c.mtl\nmtllib b.mtl\n" +
                                       corners + "usemtl two\nf 1 2 3\n");
  const Model model = read_model(path);
  EXPECT_TRUE(model.notes.empty());
  EXPECT_EQ(model.mesh.materials.size(), 5u);
  EXPECT_EQ(model.mesh.materials[model.mesh.parts[0].material].colour, (Vec3{1, 1, 1}));
}

TEST_F(ObjFiles, WhatIsMissingIsANote) {
  const auto path = write("m.obj", "mtllib gone.mtl\n" + corners + "usemtl red\nf 1 2 3\nmtllib " +
                                       std::string(9000, 'x') + "\n");
  const Model model = read_model(path);
  ASSERT_EQ(model.notes.size(), 3u);
  EXPECT_EQ(model.notes[0], path.string() + ":1: the material library \"gone.mtl\" is not there");
  EXPECT_EQ(model.notes[1], path.string() + ":5: there is no material \"red\"");
}

TEST_F(ObjFiles, MissingTexturesAreNotes) {
  write("a.mtl", "newmtl red\nmap_Kd gone.png\nnewmtl long\nmap_Kd " + std::string(9000, 'x'));
  const auto path = write("m.obj", "mtllib a.mtl\n" + corners + "usemtl red\nf 1 2 3\n");
  const Model model = read_model(path);
  ASSERT_EQ(model.notes.size(), 2u);
  EXPECT_TRUE(model.notes[0].ends_with("is not there")) << model.notes[0];
  EXPECT_EQ(model.mesh.materials[1].texture, "");
}

TEST_F(ObjFiles, NotesAreFew) {
  std::string text = corners;
  for (int i = 0; i < 1000; ++i) text += "usemtl m" + std::to_string(i) + "\nf 1 2 3\n";
  EXPECT_LT(read_model(write("m.obj", text)).notes.size(), 20u);
}

TEST_F(ObjFiles, WhatIsNoFile) {
  EXPECT_THROW(read_model(folder_), Error);
  EXPECT_THROW(read_model(folder_ / "gone.obj"), Error);
  std::filesystem::create_directory(folder_ / "dir.mtl");
  EXPECT_THROW(read_model(write("m.obj", "mtllib dir.mtl\n")), Error);
}

// Longer than the buffer, so that lines run over its end.
TEST_F(ObjFiles, LargerThanABuffer) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "v " + std::to_string(i) + " 0.5 \\\n 1\r\n";
  text += "f 1 2 30000\n";
  const Mesh mesh = read_model(write("m.obj", text)).mesh;
  EXPECT_EQ(mesh.vertices[mesh.indices[2]].position, (Vec3{29999, .5f, 1}));
}

}  // namespace
}  // namespace drmshow::test
