// One function a pattern; pattern.cpp gives them their names.
#pragma once

#include <memory>

#include "drm-show/picture.hpp"

namespace drmshow {

std::unique_ptr<Picture> make_smpte(Size size);
std::unique_ptr<Picture> make_smpte_hd(Size size);
std::unique_ptr<Picture> make_ebu(Size size);
std::unique_ptr<Picture> make_bars100(Size size);

std::unique_ptr<Picture> make_checker(Size size);
std::unique_ptr<Picture> make_pixels(Size size);
std::unique_ptr<Picture> make_sharpness(Size size);

std::unique_ptr<Picture> make_gradient(Size size);
std::unique_ptr<Picture> make_gamma(Size size);
std::unique_ptr<Picture> make_near_black(Size size);
std::unique_ptr<Picture> make_near_white(Size size);

std::unique_ptr<Picture> make_grid(Size size);
std::unique_ptr<Picture> make_zone_plate(Size size);
std::unique_ptr<Picture> make_solid(Size size, Pixel colour);

std::unique_ptr<Picture> make_test_card(Size size);

}  // namespace drmshow
