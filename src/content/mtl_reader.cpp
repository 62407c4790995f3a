#include "content/mtl_reader.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "content/fields.hpp"
#include "content/line_reader.hpp"
#include "content/obj_reader.hpp"

namespace drmshow {
namespace {

// The options of a texture map and the most words that follow each; -o, -s and -t may have fewer.
struct MapOption {
  std::string_view name;
  int values;
};
constexpr std::array kMapOptions{
    MapOption{"-blendu", 1}, MapOption{"-blendv", 1},    MapOption{"-boost", 1},
    MapOption{"-mm", 2},     MapOption{"-o", 3},         MapOption{"-s", 3},
    MapOption{"-t", 3},      MapOption{"-texres", 1},    MapOption{"-clamp", 1},
    MapOption{"-bm", 1},     MapOption{"-imfchan", 1},   MapOption{"-type", 1},
    MapOption{"-cc", 1},     MapOption{"-colorspace", 1}};

// The file's name, which may have blanks in it, after the options.
std::string_view without_options(Fields fields) {
  for (;;) {
    Fields after = fields;
    const std::string_view word = after.word();
    const auto* const option = std::ranges::find(kMapOptions, word, &MapOption::name);
    if (option == kMapOptions.end()) return fields.rest();
    const bool are_numbers = option->values > 1;
    fields = after;
    for (int i = 0; i < option->values; ++i) {
      if (are_numbers && !to_coordinate(after.word())) break;
      if (!are_numbers) after.word();
      fields = after;
    }
  }
}

// Names from Windows have backslashes.
std::filesystem::path texture_path(std::string_view name, const std::filesystem::path& folder) {
  std::string slashed{name};
  std::ranges::replace(slashed, '\\', '/');
  return folder / slashed;
}

class MtlReader {
 public:
  MtlReader(ByteSource source, const std::string& name, const std::filesystem::path& folder,
            std::vector<Material>& materials)
      : lines_{std::move(source), name},
        folder_{folder},
        materials_{materials},
        before_{materials.size()} {}

  void read() {
    while (const auto line = lines_.next()) {
      Fields fields{*line};
      const std::string_view keyword = fields.word();
      if (keyword == "newmtl") begin(fields.rest());
      if (keyword == "Kd") set_colour(Fields{without_comment(fields.rest())});
      if (keyword == "map_Kd") set_texture(without_options(fields));
    }
  }

 private:
  void begin(std::string_view name) {
    if (materials_.size() >= kMaxMaterials)
      lines_.fail(fmt::format("more than {} materials", kMaxMaterials));
    materials_.emplace_back().name = name;
  }

  Material& current() {
    if (materials_.size() == before_) lines_.fail("a colour or a texture before any newmtl");
    return materials_.back();
  }

  void set_colour(Fields fields) {
    const std::string_view first = fields.word();
    if (first == "spectral" || first == "xyz") return;  // other ways to say it, which nobody uses
    const auto red = to_coordinate(first);
    if (!red) lines_.fail("the colour " + in_quotes(first) + " is not a number");
    const std::string_view second = fields.word();
    const auto green = second.empty() ? red : to_coordinate(second);
    const std::string_view third = fields.word();
    const auto blue = third.empty() ? red : to_coordinate(third);
    if (!green || !blue) lines_.fail("the colour is not made of numbers");
    const auto part = [](float value) { return std::clamp(value, 0.0f, 1.0f); };
    current().colour = {part(*red), part(*green), part(*blue)};
  }

  void set_texture(std::string_view name) {
    if (!name.empty()) current().texture = texture_path(name, folder_);
  }

  LineReader lines_;
  const std::filesystem::path& folder_;
  std::vector<Material>& materials_;
  std::size_t before_;  // materials that earlier libraries gave
};

}  // namespace

void read_materials(ByteSource source, const std::string& name, const std::filesystem::path& folder,
                    std::vector<Material>& materials) {
  MtlReader{std::move(source), name, folder, materials}.read();
}

}  // namespace drmshow
