// Frames that the GPU drew, as pictures.
#pragma once

#include <cstring>

#include "png_file.hpp"
#include "render/vulkan/renderer.hpp"

namespace drmshow::golden {

/// A Pixel in a little-endian machine's memory.
inline constexpr auto pixel_format = vk::Format::eB8G8R8A8Unorm;

class DrawnFrame : public Picture {
 public:
  /// What `renderer`, for pixel_format, draws at `now`. It is good until jobs_in_flight other
  /// frames are drawn.
  DrawnFrame(Renderer& renderer, const Moment& now) : bytes_{renderer.finish(renderer.draw(now))} {}

  Size size() const override { return bytes_.size(); }
  void draw_row(int y, std::span<Pixel> row) const override {
    std::memcpy(row.data(), bytes_.line(y).data(), row.size_bytes());
  }

 private:
  FrameBytes bytes_;
};

}  // namespace drmshow::golden
