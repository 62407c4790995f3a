// What is on an output, written to a PNG file.
#pragma once

#include <ctime>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "drm-show/dumb_buffer.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/format.hpp"
#include "drm-show/geometry.hpp"

namespace drmshow {

/// A picture in memory: red, green and blue, a byte each, line by line.
struct RgbImage {
  Size size;
  std::vector<std::byte> bytes;
};

/// The bytes of line `y` of a framebuffer.
using FramebufferLine = std::function<std::span<const std::byte>(int y)>;

/// Reads a framebuffer of one of paintable_formats. On real hardware that is slow (0.1 s for a
/// large one): its memory is not cached for reading.
RgbImage copy_pixels(Size size, Format format, const FramebufferLine& line);
RgbImage copy_pixels(Size size, Format format, const Mapping& mapping);

/// Writes a PNG file. False, with errno, if that fails.
bool write_png(const RgbImage& image, UniqueFd fd);

/// "drm-show-20260131-235959-DP-1", and "-2", "-3", … from the second `attempt` on. Pure.
std::string screenshot_name(const std::tm& local_time, const std::string& output, int attempt);

/// Writes `image` to a new file in `folder`, never over one that is there, and returns its path.
/// Throws Error if that fails, which is no reason to end: nothing is left behind then.
std::filesystem::path save_screenshot(const RgbImage& image, const std::filesystem::path& folder,
                                      const std::string& output, const std::tm& local_time);
/// The same, now.
std::filesystem::path save_screenshot(const RgbImage& image, const std::filesystem::path& folder,
                                      const std::string& output);

}  // namespace drmshow
