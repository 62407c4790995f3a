// An exhibit in the GPU's memory: for all scenes that show it, whatever their size.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <span>
#include <vector>

#include "render/scene/exhibit.hpp"
#include "render/vulkan/memory.hpp"
#include "render/vulkan/mesh_buffers.hpp"

namespace drmshow {

class LoadedExhibit {
 public:
  /// What one draw call draws.
  struct Part {
    std::uint32_t first_index;
    std::uint32_t index_count;
    std::array<float, 4> colour;
    vk::DescriptorSet texture;
  };

  /// Nothing of `exhibit` is needed afterwards. Throws Error: bad_content for a texture that cannot
  /// be read, gpu if the GPU cannot hold all of it.
  LoadedExhibit(const Gpu& gpu, const Exhibit& exhibit);

  View view(Size screen, Nanoseconds time) const { return view_(screen, time); }
  vk::DescriptorSetLayout set_layout() const { return *set_layout_; }
  const MeshBuffers& buffers() const { return buffers_; }
  std::span<const Part> parts() const { return parts_; }

 private:
  void load_textures(const Gpu& gpu, const Exhibit& exhibit, Staging& staging);
  void make_sets(const Gpu& gpu);
  void make_parts(const Mesh& mesh);

  View (*view_)(Size, Nanoseconds);
  vk::raii::DescriptorSetLayout set_layout_;
  vk::raii::Sampler sampler_;
  std::vector<GpuImage> textures_;
  std::map<std::filesystem::path, std::size_t> places_;  // in textures_
  vk::raii::DescriptorPool pool_ = nullptr;
  std::vector<vk::DescriptorSet> sets_;  // one for each of textures_
  MeshBuffers buffers_;
  std::vector<Part> parts_;
};

}  // namespace drmshow
