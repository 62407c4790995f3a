// Circular zone plate, at rest (zone_wave.hpp).
#include "render/cpu/pattern_factories.hpp"
#include "render/cpu/zone_wave.hpp"

namespace drmshow {
namespace {

class ZonePlate : public Picture {
 public:
  explicit ZonePlate(Size size) : wave_{size} {}

  Size size() const override { return wave_.size(); }
  void draw_row(int y, std::span<Pixel> row) const override { wave_.draw(y, 0, row, 0); }

 private:
  ZoneWave wave_;
};

}  // namespace

std::unique_ptr<Picture> make_zone_plate(Size size) {
  return std::make_unique<ZonePlate>(size);
}

}  // namespace drmshow
