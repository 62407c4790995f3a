// Scales a picture that arrives row by row, in linear light with premultiplied alpha. Holds a few
// rows (those that the vertical filter spans) of the destination's width, never the picture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "drm-show/geometry.hpp"
#include "drm-show/picture.hpp"
#include "render/cpu/filter_axis.hpp"
#include "render/cpu/fit.hpp"

namespace drmshow {

class Resampler {
 public:
  /// Scales `part` of a picture of size `source` to `dest`. A part of whole pixels that already has
  /// the size of `dest` is copied unchanged.
  Resampler(Size source, const SourceRect& part, Size dest);

  /// Takes the next source row from the top: source.width pixels 0xAARRGGBB, alpha straight.
  void push(std::span<const Pixel> row);
  /// Gives the next destination row, of the same kind, once the rows that it depends on were
  /// pushed. To be called after each push() until it says no.
  [[nodiscard]] bool pull(std::span<Pixel> row);

 private:
  using Vec4 = float __attribute__((vector_size(16)));
  // Linear light of a pixel: blue, green, red, each times alpha; alpha.
  struct Light {
    Vec4 value;
  };

  bool copies() const { return across_.copies() && down_.copies(); }
  std::size_t held_at(int row) const;
  void expand(std::span<const Pixel> row);
  void filter_across(std::span<Light> out) const;
  static Pixel encode(Vec4 light);

  FilterAxis across_;
  FilterAxis down_;
  int rows_in_ = 0;
  int rows_out_ = 0;
  std::size_t left_ = 0;                // the columns of the source that matter
  std::vector<Light> expanded_;         // the source row in linear light, from left_ on
  std::vector<Light> held_;             // the latest down_.taps() rows, scaled across: a ring
  std::vector<Pixel> copied_;           // the latest row, if copies()
  std::vector<const Light*> filtered_;  // scratch of pull(): the rows under the filter
};

}  // namespace drmshow
