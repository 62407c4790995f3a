// Framebuffers in memory that somebody else allocates, a GPU for instance: shown without a copy.
//
// A Presenter with an ImageSource asks it for ways to make images that the planes of its outputs
// can scan out, tries each on the display driver (TEST_ONLY) until one is taken, and makes images
// that way when they are needed first.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "drm-show/export.hpp"
#include "drm-show/format.hpp"
#include "drm-show/geometry.hpp"
#include "drm-show/modifier.hpp"

namespace drmshow {

/// Where the pixels of an image are.
struct ImageLayout {
  /// A part of the pixels: some modifiers keep compression data in planes of their own.
  struct Plane {
    int dmabuf = -1;           ///< borrowed from the image; -1: it is `handle`
    std::uint32_t handle = 0;  ///< GEM handle on the display's own device; stays the image's
    std::uint32_t offset = 0;  ///< bytes
    std::uint32_t pitch = 0;   ///< bytes from a line to the next, as the modifier counts
  };

  Size size;
  Format format;
  std::optional<Modifier> modifier;  ///< none: whatever the drivers agree on between themselves
  std::array<Plane, 4> planes{};
  std::size_t plane_count = 1;
};

/// An image that a display can show. It ends when nobody shows it any more; whoever draws into it
/// may not have finished by then, and that is the image's own care.
class DRMSHOW_API ScanoutImage {
 public:
  virtual ~ScanoutImage();
  virtual const ImageLayout& layout() const = 0;
};

/// A format, and the modifiers that it can have; none if only the driver knows.
struct FormatModifiers {
  Format format;
  std::vector<Modifier> modifiers;
  friend bool operator==(const FormatModifiers&, const FormatModifiers&) = default;
};

/// What one plane can show.
using PlaneFormats = std::vector<FormatModifiers>;

/// What images are wanted for.
struct ScanoutWish {
  Size size;
  std::vector<PlaneFormats> planes;  ///< each has to show them
  std::vector<PlaneFormats> others;  ///< of the same CRTCs: nice if they could, too
  bool explicit_modifiers = false;   ///< the display driver takes modifiers (ADDFB2_MODIFIERS)
};

/// From the best to what always works.
enum class ImageRung : std::uint8_t {
  modifier,  ///< the GPU's memory, in a layout that both know, compressed or tiled
  linear,    ///< ... in plain lines
  implicit,  ///< ... in plain lines, and the display driver is told nothing about it
  display,   ///< the display's own memory, which the GPU draws into
  copy,      ///< none of ours: the presenter makes dumb buffers, and whoever draws copies
};

/// "modifier", "linear", …
DRMSHOW_API std::string to_string(ImageRung);

struct ImageWay {
  ImageRung rung = ImageRung::copy;
  Format format;
  Modifier modifier;  ///< with ImageRung::modifier
  friend bool operator==(const ImageWay&, const ImageWay&) = default;
};

/// "XRGB8888 (XR24), linear", "…, modifier INTEL_Y_TILED (0x0100000000000002)", "dumb buffers".
DRMSHOW_API std::string to_string(const ImageWay&);

class DRMSHOW_API ImageSource {
 public:
  virtual ~ImageSource();
  /// Ways to make such images, best first.
  virtual std::vector<ImageWay> ways(const ScanoutWish& wish) = 0;
  /// Never called for ImageRung::copy. Throws Error: then the next way is tried, if nothing was
  /// shown yet.
  virtual std::unique_ptr<ScanoutImage> make(const ImageWay& way, Size size) = 0;
};

}  // namespace drmshow
