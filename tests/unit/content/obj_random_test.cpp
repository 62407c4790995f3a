// Models written at random in every way that OBJ has, compared corner by corner with what the
// writer meant; and large ones, for the memory that they take.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <random>
#include <set>
#include <tuple>

#include "content/obj_reader.hpp"
#include "heap_peak.hpp"

namespace drmshow::test {
namespace {

class Writer {
 public:
  explicit Writer(unsigned seed) : random_{seed} {}

  void write() {
    for (int i = 0; i < 3; ++i) {
      add_position();
      add_uv();
      add_normal();
    }
    for (int i = 0; i < 60; ++i) step();
    add_triangle();
  }

  std::string text;
  std::vector<Vertex> corners;  // of all triangles, as they have to be read
  std::set<std::tuple<std::size_t, std::size_t, std::size_t>> different;

 private:
  int any(int below) { return std::uniform_int_distribution{0, below - 1}(random_); }

  void step() {
    switch (any(8)) {
      case 0:
        return add_position();
      case 1:
        return add_uv();
      case 2:
        return add_normal();
      case 3:
        text += "# f 1 2 3\n";
        return;
      case 4:
        text += "g some group\r\n";
        return;
      default:
        return add_triangle();
    }
  }

  void add_position() {
    const Vec3 p{static_cast<float>(any(100)), static_cast<float>(any(100)) / 8, -3.5f};
    text += fmt::format("v {} {:e} {}\n", p.x, p.y, p.z);
    positions_.push_back(p);
  }

  void add_uv() {
    const Uv uv{static_cast<float>(any(16)) / 16, static_cast<float>(any(16)) / 16};
    text += fmt::format("vt {} {}\r\n", uv.u, 1 - uv.v);
    uvs_.push_back(uv);
  }

  void add_normal() {
    const Vec3 axes[] = {{1, 0, 0}, {0, -1, 0}, {0, 0, 1}};
    const Vec3 n = axes[any(3)];
    text += fmt::format("vn {} {} {}\n", n.x * 4, n.y * 4, n.z * 4);
    normals_.push_back(n);
  }

  template <class T>
  std::string index(const std::vector<T>& list, std::size_t& chosen) {
    chosen = static_cast<std::size_t>(any(static_cast<int>(list.size())));
    if (any(2) == 0) return std::to_string(chosen + 1);
    return '-' + std::to_string(list.size() - chosen);
  }

  void add_triangle() {
    text += "f";
    for (int i = 0; i < 3; ++i) {
      std::size_t v = 0;
      std::size_t vt = 0;
      std::size_t vn = 0;
      text += any(5) == 0 ? " \\\n" : " ";
      text += index(positions_, v) + '/' + index(uvs_, vt) + '/' + index(normals_, vn);
      corners.push_back({positions_[v], normals_[vn], uvs_[vt]});
      different.emplace(v, vt, vn);
    }
    text += '\n';
  }

  std::mt19937 random_;
  std::vector<Vec3> positions_;
  std::vector<Uv> uvs_;
  std::vector<Vec3> normals_;
};

TEST(ObjRandom, ReadsWhatWasWritten) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    Writer writer{seed};
    writer.write();
    const Mesh mesh = read_model_bytes(std::as_bytes(std::span{writer.text}), "random").mesh;
    ASSERT_EQ(mesh.vertices.size(), writer.different.size()) << seed;
    ASSERT_EQ(mesh.indices.size(), writer.corners.size()) << seed;
    for (std::size_t i = 0; i < mesh.indices.size(); ++i) {
      const Vertex& is = mesh.vertices[mesh.indices[i]];
      ASSERT_EQ(is.position, writer.corners[i].position) << seed;
      ASSERT_EQ(is.normal, writer.corners[i].normal) << seed;
      ASSERT_EQ(is.uv, writer.corners[i].uv) << seed;
    }
  }
}

// A wavy sheet of side * side squares.
std::string sheet(int side) {
  std::string text;
  for (int y = 0; y <= side; ++y)
    for (int x = 0; x <= side; ++x)
      text += fmt::format("v {:.6f} {:.6f} {:.6f}\nvt {:.5f} {:.5f}\n", x * .01, (x * y % 7) * .001,
                          y * .01, double(x) / side, double(y) / side);
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const int at = y * (side + 1) + x + 1;
      const int below = at + side + 1;
      text += fmt::format("f {0}/{0} {1}/{1} {2}/{2} {3}/{3}\n", at, below, below + 1, at + 1);
    }
  return text;
}

TEST(ObjMemory, GrowsWithTheFile) {
  for (const int side : {150, 550}) {
    const std::string text = sheet(side);
    const HeapPeak peak;
    const Model model = read_model_bytes(std::as_bytes(std::span{text}), "sheet");
    EXPECT_EQ(model.mesh.indices.size(), std::size_t(side) * std::size_t(side) * 6);
    // All that was ever asked for, what growing lists gave back included.
    EXPECT_LT(peak.bytes(), text.size() * 6) << text.size();
  }
}

}  // namespace
}  // namespace drmshow::test
