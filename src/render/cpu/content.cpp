#include "drm-show/content.hpp"

#include "render/cpu/image_picture.hpp"

namespace drmshow {

std::unique_ptr<Picture> load_picture(const std::filesystem::path& file, Size screen, Fit fit,
                                      Pixel background) {
  return load_image_picture(file, screen, fit, background);
}

}  // namespace drmshow
