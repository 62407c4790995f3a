// Moving circular zone plate: its rings flow outwards by a cycle a second, at every spatial
// frequency that the screen has. Nothing can be saved by knowing the last frame: the load test.
#include "render/cpu/animation_factories.hpp"
#include "render/cpu/periodic.hpp"
#include "render/cpu/zone_wave.hpp"

namespace drmshow {
namespace {

constexpr Nanoseconds zone_turn = std::chrono::seconds{1};

class MovingZone : public Animation {
 public:
  explicit MovingZone(Size size) : wave_{size} {}

  Size size() const override { return wave_.size(); }
  void set(const Moment& now) override { phase_ = phase_at(now); }
  void draw(int y, int x, std::span<Pixel> row) const override {
    wave_.draw(y, x, row,
               static_cast<double>(phase_.count()) / static_cast<double>(zone_turn.count()));
  }
  void add_damage(const Moment& before, Damage& damage) const override {
    if (phase_at(before) != phase_) damage.add_all();
  }

 private:
  static Nanoseconds phase_at(const Moment& moment) { return within(zone_turn, moment.time); }

  ZoneWave wave_;
  Nanoseconds phase_{};  // of zone_turn
};

}  // namespace

std::unique_ptr<Animation> make_moving_zone(Size size) {
  return std::make_unique<MovingZone>(size);
}

}  // namespace drmshow
