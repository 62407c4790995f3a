// Labels a picture or an animation: which output, mode and monitor this is.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "drm-show/picture.hpp"
#include "render/cpu/animation.hpp"
#include "render/cpu/panel.hpp"

namespace drmshow {

struct Label {
  std::vector<std::string> lines;  // UTF-8 of any quality; the first line is set largest
};

/// Implemented by pictures and animations that keep a place free for the label.
class LabelHost {
 public:
  virtual ~LabelHost() = default;
  /// Empty if there is no room for one.
  virtual Rect label_area() const = 0;
};

/// `picture` with a plaque that carries `label`: in the place that it keeps free (LabelHost), else
/// at the bottom, clear of the edge: in the middle of a picture, in the right corner of an
/// animation. The text shrinks to fit; lines that still do not fit are left out, the last ones
/// first, and a screen too small for any text stays as it is.
std::unique_ptr<Picture> with_label(std::unique_ptr<Picture> picture, const Label& label);
std::unique_ptr<Animation> with_label(std::unique_ptr<Animation> animation, const Label& label);

/// The plaque of an animation of this size by itself; nullptr if there is no room for it, or
/// nothing to say.
std::unique_ptr<Panel> label_panel(Size screen, const Label& label);

}  // namespace drmshow
