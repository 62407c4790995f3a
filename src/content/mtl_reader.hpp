// Reads untrusted material libraries of OBJ models (.mtl): names, Kd and map_Kd; all else is passed
// over. After "Object Files (.obj)", Wavefront Advanced Visualizer 4.0, chapter 5.
#pragma once

#include <filesystem>
#include <vector>

#include "content/byte_source.hpp"
#include "content/mesh.hpp"

namespace drmshow {

/// Adds the library's materials to `materials`, at most kMaxMaterials in all. Of two with one name
/// whoever searches from the front finds the first. `name` is used in errors; textures are taken as
/// relative to `folder`. Throws Error (Failure::bad_content) with the line's number.
void read_materials(ByteSource source, const std::string& name, const std::filesystem::path& folder,
                    std::vector<Material>& materials);

}  // namespace drmshow
