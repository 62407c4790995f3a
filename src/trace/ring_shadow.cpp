#include "trace/ring_shadow.hpp"

#include <algorithm>

namespace drmshow {

void RingShadow::begin(const StreamRecord& stream) {
  *this = RingShadow{};
  const auto count = std::clamp<std::size_t>(stream.outputs, 1, outputs);
  all_outputs_ = static_cast<std::uint8_t>((1u << count) - 1);
  held_until_release_ = stream.slot_return == SlotReturn::release;
}

void RingShadow::set(const RingRecord& ring) {
  for (std::size_t i = 0; i < slots; ++i) {
    const RingRecord::Slot& told = ring.slots[i];
    slots_[i] = Slot{told.number, told.wanted, (told.flags & RingRecord::Slot::drawing) != 0,
                     (told.flags & RingRecord::Slot::unsignalled) != 0,
                     (told.flags & RingRecord::Slot::held) != 0};
  }
  outputs_ = {};
  for (std::size_t i = 0; i < outputs && (all_outputs_ >> i & 1) != 0; ++i) {
    outputs_[i] = Output{ring.outputs[i].pending, ring.outputs[i].scanout};
  }
}

void RingShadow::forget(std::uint8_t slot) {
  for (Output& output : outputs_) {
    if (output.pending == slot) output.pending = none;
    if (output.scanout == slot) output.scanout = none;
  }
}

// Whatever it was used for before, that is over: we may not have been told.
void RingShadow::acquire(Slot& slot, const PresentRecord& step) {
  forget(step.slot);
  slot = Slot{};
  slot.frame = step.frame;
  slot.drawing = true;
}

void RingShadow::step_of_slot(Slot& slot, const PresentRecord& step) {
  switch (step.step) {
    case PresentStep::acquire:
      return acquire(slot, step);
    case PresentStep::submit:
      slot.frame = step.frame;
      slot.drawing = false;
      slot.wanted = all_outputs_;
      slot.unsignalled = step.fence != RenderFence::none;
      return;
    case PresentStep::discard:
      slot.drawing = false;
      return;
    case PresentStep::signal:
    case PresentStep::fence_error:
      slot.unsignalled = false;
      if (step.step == PresentStep::fence_error) slot.wanted = 0;
      return;
    case PresentStep::expire:
      slot.wanted = 0;
      return;
    case PresentStep::release:
      slot.held = false;
      return;
    default:
      return;
  }
}

void RingShadow::take_back(Output& output, std::uint8_t bit) {
  if (output.pending < slots) {
    slots_[output.pending].wanted |= bit;
    slots_[output.pending].held = false;
  }
  output.pending = none;
}

void RingShadow::step_of_output(Output& output, const PresentRecord& step) {
  const auto bit = static_cast<std::uint8_t>(1u << step.output);
  Slot& slot = slots_[step.slot];
  if (step.frame != 0) slot.frame = step.frame;
  switch (step.step) {
    case PresentStep::commit:
      slot.wanted &= static_cast<std::uint8_t>(~bit);
      slot.held = held_until_release_;
      output.pending = step.slot;
      return;
    case PresentStep::modeset:
    case PresentStep::flip:
    case PresentStep::watchdog:
      slot.wanted &= static_cast<std::uint8_t>(~bit);
      output.pending = none;
      output.scanout = step.slot;
      return;
    case PresentStep::busy:
    case PresentStep::reset:
      return take_back(output, bit);
    case PresentStep::refuse:
      output.pending = none;
      return;
    case PresentStep::superseded:
    case PresentStep::cancelled:
      slot.wanted &= static_cast<std::uint8_t>(~bit);
      return;
    case PresentStep::off:
      output = Output{};
      return;
    default:
      return;
  }
}

void RingShadow::abort() {
  for (Slot& slot : slots_) slot.wanted = 0;
  outputs_ = {};
}

void RingShadow::step(const PresentRecord& step) {
  if (step.slot >= slots || step.output >= outputs) return;
  if (step.step == PresentStep::abort) return abort();
  step_of_slot(slots_[step.slot], step);
  step_of_output(outputs_[step.output], step);
}

SlotUse RingShadow::use(std::size_t slot) const {
  const auto shown = [slot](const Output& output) { return output.scanout == slot; };
  const auto pending = [slot](const Output& output) { return output.pending == slot; };
  if (std::ranges::any_of(outputs_, shown)) return SlotUse::scanout;
  if (std::ranges::any_of(outputs_, pending)) return SlotUse::pending;
  const Slot& state = slots_[slot];
  if (state.wanted != 0) return SlotUse::ready;
  if (state.unsignalled || state.held) return SlotUse::retiring;
  return state.drawing ? SlotUse::drawing : SlotUse::free;
}

}  // namespace drmshow
