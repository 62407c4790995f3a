#include "render/cpu/pattern_text.hpp"

#include "render/cpu/text.hpp"

namespace drmshow {

void add_text(ShapeList& shapes, std::string_view text, Rect area, int line_height, Pixel ink) {
  if (line_height < smallest_text) return;
  auto bitmap = shared_font().render(text, line_height, area.width);
  if (bitmap.mask.size.empty()) return;
  const Point at{area.x + (area.width - bitmap.mask.size.width) / 2,
                 area.y + (area.height - line_height) / 2};
  shapes.add<Stamp>(at, std::make_shared<const Mask>(std::move(bitmap.mask)), ink);
}

}  // namespace drmshow
