// Pictures of coloured cells that Vulkan draws without a shader: what each pixel is can be
// computed.
#pragma once

#include "drm-show/fd.hpp"
#include "drm-show/picture.hpp"
#include "render/vulkan/memory.hpp"
#include "render/vulkan/render_fence.hpp"
#include "render/vulkan/vulkan_image.hpp"

namespace drmshow {

inline constexpr int cell_side = 32;  ///< pixels

/// The colour of a cell; no two neighbours, and no two frames, are alike.
Pixel cell_colour(int column, int row, int frame);

/// Frame `frame`, computed.
class Cells final : public Picture {
 public:
  Cells(Size size, int frame) : size_{size}, frame_{frame} {}
  Size size() const override { return size_; }
  void draw_row(int y, std::span<Pixel> row) const override;

 private:
  Size size_;
  int frame_;
};

/// Draws frames into images of 32 bits a pixel, and copies each to where the CPU can look at it.
class CellDrawer {
 public:
  explicit CellDrawer(GpuTimeline& timeline);

  /// The image is the display's, once its fence has signalled; without fences it waits here.
  UniqueFd draw(const VulkanImage& image, int frame);
  /// Throws std::runtime_error if what Vulkan has drawn last is not frame `frame`.
  void check(Size size, int frame) const;

 private:
  void record(const VulkanImage& image, int frame);
  void draw_cells(const VulkanImage& image, int frame) const;
  UniqueFd submit();

  GpuTimeline& timeline_;
  vk::raii::CommandPool pool_;
  vk::raii::CommandBuffer commands_;
  std::optional<DrawnFence> fence_;
  std::optional<GpuBuffer> copy_;  // set by draw(): what it has drawn
};

}  // namespace drmshow
