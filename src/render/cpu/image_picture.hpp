// An image file as it will stand on a screen: scaled, upright and flattened onto its background at
// loading, so that drawing a row is a copy.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "content/image_reader.hpp"
#include "drm-show/geometry.hpp"
#include "drm-show/picture.hpp"
#include "render/cpu/fit.hpp"

namespace drmshow {

class ImagePicture final : public Picture {
 public:
  /// Shows `pixels` (where.width * where.height, opaque) at `where`, which lies within `screen`,
  /// and `background` around it.
  ImagePicture(Size screen, const Rect& where, std::vector<Pixel> pixels, Pixel background);

  Size size() const override { return screen_; }
  void draw_row(int y, std::span<Pixel> row) const override;
  bool repeats_row(int y) const override;

  /// What of the screen the image covers.
  const Rect& where() const { return where_; }

 private:
  bool is_beside_image(int y) const { return y < where_.y || y >= where_.bottom(); }

  Size screen_;
  Rect where_;
  std::vector<Pixel> pixels_;
  Pixel background_;
};

/// Decodes all of `reader`. Transparent pixels are blended with `background` (its alpha is ignored)
/// in sRGB codes, as browsers do, not in linear light.
ImagePicture render_image(ImageReader& reader, Size screen, Fit fit, Pixel background);

/// The same from a file. Throws Error (Failure::bad_content).
std::unique_ptr<ImagePicture> load_image_picture(const std::filesystem::path& path, Size screen,
                                                 Fit fit, Pixel background);

}  // namespace drmshow
