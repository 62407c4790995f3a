#include "content/obj_reader.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <random>
#include <unordered_map>

#include <fmt/format.h>

#include "content/byte_source.hpp"
#include "content/complete_mesh.hpp"
#include "content/fields.hpp"
#include "content/line_reader.hpp"
#include "content/mtl_reader.hpp"
#include "content/triangulate.hpp"
#include "content/vertex_table.hpp"
#include "drm-show/error.hpp"

namespace drmshow {
namespace {

constexpr std::size_t kMaxNotes = 8;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::uint64_t random_seed() {
  std::random_device device;
  return std::uint64_t{device()} << 32 | device();
}

class ObjReader {
 public:
  // `folder`: where material libraries lie; nothing if none shall be opened.
  ObjReader(ByteSource source, std::string name, std::optional<std::filesystem::path> folder)
      : lines_{std::move(source), std::move(name)}, folder_{std::move(folder)} {
    mesh_.materials.emplace_back();  // of faces before any usemtl
  }

  Model read() {
    bool is_first = true;
    while (auto line = lines_.next()) {
      if (is_first && line->starts_with(kByteOrderMark)) line->remove_prefix(3);
      is_first = false;
      statement(*line);
    }
    return finished();
  }

 private:
  void statement(std::string_view line) {
    Fields fields{without_comment(line)};
    const std::string_view keyword = fields.word();
    if (keyword == "v")
      add_position(fields);
    else if (keyword == "vt")
      add_uv(fields);
    else if (keyword == "vn")
      add_normal(fields);
    else if (keyword == "f" || keyword == "fo")  // fo: an old way to write it
      add_face(fields);
    else if (keyword == "s")
      smoothing_ = is_off(fields.word()) ? VertexKey::flat : VertexKey::none;
    else if (keyword == "usemtl")
      use_material(name_in(line));
    else if (keyword == "mtllib")
      add_libraries(name_in(line));
  }

  static bool is_off(std::string_view word) { return word == "off" || word == "0"; }

  // Names may have '#' in them.
  static std::string_view name_in(std::string_view line) {
    Fields fields{line};
    fields.word();
    return fields.rest();
  }

  float coordinate(Fields& fields, std::string_view what) {
    const std::string_view word = fields.word();
    if (word.empty()) lines_.fail(fmt::format("a {} with too few numbers", what));
    const auto value = to_coordinate(word);
    if (!value)
      lines_.fail(
          fmt::format("{} in a {} is not a number from -1e18 to 1e18", in_quotes(word), what));
    return *value;
  }

  Vec3 three(Fields& fields, std::string_view what) {
    const float x = coordinate(fields, what);
    const float y = coordinate(fields, what);
    return {x, y, coordinate(fields, what)};
  }

  template <class T>
  void add(std::vector<T>& list, const T& value, std::string_view what) {
    if (list.size() >= kMaxVertices)
      lines_.fail(fmt::format("more than {} {}", kMaxVertices, what), "Simplify the model first.");
    list.push_back(value);
  }

  void add_position(Fields fields) { add(positions_, three(fields, "vertex"), "vertices"); }

  void add_normal(Fields fields) { add(normals_, unit(three(fields, "normal")), "normals"); }

  void add_uv(Fields fields) {
    constexpr const char* kWhat = "texture coordinate";
    const float u = coordinate(fields, kWhat);
    const float v = fields.at_end() ? 0 : coordinate(fields, kWhat);
    add(uvs_, {u, 1 - v}, "texture coordinates");
  }

  // From 1. Negative ones count back from the latest.
  std::uint32_t index(std::string_view digits, std::size_t count, std::string_view what) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (end != digits.data() + digits.size() || digits.empty() ||
        error == std::errc::invalid_argument)
      lines_.fail(in_quotes(digits) + " in a face is not a whole number");
    const auto available = static_cast<std::int64_t>(count);
    const std::int64_t from_first = value < 0 ? available + 1 + value : value;
    if (error != std::errc{} || from_first < 1 || from_first > available)
      lines_.fail(
          fmt::format("face index {} but only {} {} so far", printable_index(digits), count, what));
    return static_cast<std::uint32_t>(from_first);
  }

  static std::string printable_index(std::string_view digits) {
    return digits.size() > 20 ? std::string{digits.substr(0, 20)} + "…" : std::string{digits};
  }

  // "v", "v/vt", "v//vn" or "v/vt/vn"; programs write "v/" and "v//" as well.
  VertexKey corner(std::string_view word) {
    const auto part = [&word] {
      const std::string_view found = word.substr(0, word.find('/'));
      word.remove_prefix(std::min(found.size() + 1, word.size()));
      return found;
    };
    VertexKey key{.position = index(part(), positions_.size(), "vertices")};
    const std::string_view uv = part();
    if (!uv.empty()) key.uv = index(uv, uvs_.size(), "texture coordinates");
    key.normal = word.empty() ? VertexKey::none : index(word, normals_.size(), "normals");
    const bool has_normal =
        key.normal != VertexKey::none && normals_[key.normal - 1] != Vec3{};  // 0 0 0 is none
    if (!has_normal) key.normal = smoothing_;
    return key;
  }

  std::uint32_t vertex(const VertexKey& key) {
    const std::uint32_t at = table_.add(key);
    if (at == mesh_.vertices.size()) {
      Vertex made{.position = positions_[key.position - 1], .normal = {}, .uv = {}};
      if (key.normal != VertexKey::none && key.normal != VertexKey::flat)
        made.normal = normals_[key.normal - 1];
      if (key.uv != VertexKey::none) made.uv = uvs_[key.uv - 1];
      add(mesh_.vertices, made, "different corners");
    }
    return at;
  }

  void add_face(Fields fields) {
    corners_.clear();
    polygon_.clear();
    while (!fields.at_end()) {
      const VertexKey key = corner(fields.word());
      corners_.push_back(vertex(key));
      polygon_.push_back(positions_[key.position - 1]);
    }
    if (corners_.size() < 3) lines_.fail(fmt::format("a face with {} corners", corners_.size()));
    triangles_.clear();
    triangulate(polygon_, triangles_);
    add_triangles();
  }

  void add_triangles() {
    if (mesh_.indices.size() / 3 + triangles_.size() > kMaxTriangles)
      lines_.fail(fmt::format("more than {} triangles", kMaxTriangles),
                  "Simplify the model first.");
    if (runs_.empty() || runs_.back().material != material_)
      runs_.push_back({static_cast<std::uint32_t>(mesh_.indices.size()), 0, material_});
    for (const Triangle& triangle : triangles_)
      for (const std::uint32_t place : triangle) mesh_.indices.push_back(corners_[place]);
    runs_.back().index_count += static_cast<std::uint32_t>(triangles_.size() * 3);
  }

  void use_material(std::string_view name) {
    const auto found = by_name_.find(std::string{name});
    material_ = found == by_name_.end() ? 0 : found->second;
    if (material_ == 0 && folder_) note("there is no material " + in_quotes(name));
  }

  // One name with blanks in it, or several names.
  void add_libraries(std::string_view names) {
    if (!folder_ || names.empty()) return;
    std::error_code ignored;
    if (std::filesystem::is_regular_file(library(names), ignored)) {
      add_library(names);
      return;
    }
    for (Fields fields{names}; !fields.at_end();) add_library(fields.word());
  }

  std::filesystem::path library(std::string_view name) const {
    std::string slashed{name};
    std::ranges::replace(slashed, '\\', '/');
    return *folder_ / slashed;
  }

  void add_library(std::string_view name) {
    const std::filesystem::path path = library(name);
    if (std::ranges::find(libraries_, path) != libraries_.end()) return;
    if (libraries_.size() >= kMaxMaterials) lines_.fail("too many material libraries");
    libraries_.push_back(path);
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
      note("the material library " + in_quotes(name) + " is not there");
      return;
    }
    const std::size_t before = mesh_.materials.size();
    read_materials(ByteSource::open(path), path.string(), path.parent_path(), mesh_.materials);
    for (std::size_t i = before; i < mesh_.materials.size(); ++i)
      by_name_.emplace(mesh_.materials[i].name, static_cast<std::uint32_t>(i));
  }

  // A model can be looked at without them. Whether they are whole is seen when they are loaded.
  void drop_missing_textures() {
    for (Material& material : mesh_.materials) {
      std::error_code ignored;
      if (material.texture.empty() || std::filesystem::exists(material.texture, ignored)) continue;
      note("the texture " + in_quotes(material.texture.native()) + " is not there");
      material.texture.clear();
    }
  }

  void note(const std::string& text) {
    if (notes_.size() < kMaxNotes) notes_.push_back(lines_.where() + text);
  }

  Model finished() {
    if (mesh_.indices.empty())
      lines_.fail(positions_.empty() ? "has neither vertices nor faces" : "has no faces",
                  "Choose an OBJ file with a polygon model in it.");
    const auto positions = static_cast<std::uint32_t>(positions_.size());
    positions_ = {};
    uvs_ = {};
    normals_ = {};
    const std::vector<VertexKey> keys = table_.take_keys();
    table_ = VertexTable{0};
    complete_mesh(mesh_, keys, positions);
    join_parts(mesh_, runs_);
    if (folder_) drop_missing_textures();
    return {std::move(mesh_), std::move(notes_)};
  }

  LineReader lines_;
  std::optional<std::filesystem::path> folder_;
  std::vector<Vec3> positions_;
  std::vector<Uv> uvs_;
  std::vector<Vec3> normals_;
  VertexTable table_{random_seed()};
  Mesh mesh_;
  std::vector<MeshPart> runs_;                              // of faces with one material
  std::uint32_t material_ = 0;                              // of the next faces
  std::uint32_t smoothing_ = VertexKey::none;               // or flat
  std::unordered_map<std::string, std::uint32_t> by_name_;  // materials; the first of a name
  std::vector<std::filesystem::path> libraries_;            // read, or found missing
  std::vector<std::string> notes_;
  // Of one face:
  std::vector<std::uint32_t> corners_;
  std::vector<Vec3> polygon_;
  std::vector<Triangle> triangles_;
};

}  // namespace

Model read_model(const std::filesystem::path& path) {
  return ObjReader{ByteSource::open(path), path.string(), path.parent_path()}.read();
}

Model read_model_bytes(std::span<const std::byte> bytes, std::string name) {
  return ObjReader{ByteSource{bytes}, std::move(name), {}}.read();
}

}  // namespace drmshow
