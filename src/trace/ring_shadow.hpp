// What a ring's slots are used for, as far as records tell. Pure. It believes whatever it is told,
// and never fails: records may be missing, or made up. Whether a run was right is another question
// (drm-trace check).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "drm-show/frame_ring.hpp"
#include "drm-show/record_event.hpp"

namespace drmshow {

class RingShadow {
 public:
  static constexpr std::size_t slots = FrameRing::most_slots;
  static constexpr std::size_t outputs = FrameRing::most_outputs;
  static constexpr std::uint8_t none = 0xff;

  void begin(const StreamRecord& stream);
  void set(const RingRecord& ring);
  void step(const PresentRecord& step);

  SlotUse use(std::size_t slot) const;
  std::uint64_t frame(std::size_t slot) const { return slots_[slot].frame; }

 private:
  struct Slot {
    std::uint64_t frame = 0;
    std::uint8_t wanted = 0;  // a bit for each output that still has to take it
    bool drawing = false;
    bool unsignalled = false;
    bool held = false;
  };
  struct Output {
    std::uint8_t pending = none;
    std::uint8_t scanout = none;
  };

  void acquire(Slot& slot, const PresentRecord& step);
  void forget(std::uint8_t slot);
  void take_back(Output& output, std::uint8_t bit);
  void step_of_slot(Slot& slot, const PresentRecord& step);
  void step_of_output(Output& output, const PresentRecord& step);
  void abort();

  std::array<Slot, slots> slots_{};
  std::array<Output, outputs> outputs_{};
  std::uint8_t all_outputs_ = 1;  // a bit for each
  bool held_until_release_ = false;
};

}  // namespace drmshow
