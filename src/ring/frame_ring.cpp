#include "drm-show/frame_ring.hpp"

#include <algorithm>
#include <string>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

std::uint8_t checked(int count, int least, int most, const char* what) {
  if (count >= least && count <= most) return static_cast<std::uint8_t>(count);
  throw Error{Failure::usage, std::to_string(count) + " " + what + " are not possible",
              "Possible are " + std::to_string(least) + " to " + std::to_string(most) + "."};
}

}  // namespace

FrameRing::FrameRing(int slots, RingPolicy policy, int outputs, SlotReturn slot_return)
    : slot_count_{checked(slots, std::max(least_slots, outputs + 1), most_slots, "framebuffers")},
      output_count_{checked(outputs, 1, most_outputs, "mirrored outputs")},
      policy_{policy},
      slot_return_{slot_return} {
  if (has_modes()) return;
  checked(outputs, 1, 1, "mirrored outputs of a compositor");
  for (Output& output : outputs_) output.needs_modeset = false;
}

std::optional<Frame> FrameRing::acquire() {
  if (closed_ || !any_output()) return std::nullopt;
  int found = -1;
  for (int i = 0; i < slot_count_; ++i) {
    if (slots_[index(i)].drawing) return std::nullopt;
    if (found < 0 && is_free(i)) found = i;
  }
  if (found < 0) return std::nullopt;
  Slot& slot = slots_[index(found)];
  slot.number = ++last_number_;
  slot.drawing = true;
  return Frame{static_cast<std::uint8_t>(found), slot.number};
}

bool FrameRing::submit(Frame frame, RenderFence fence) {
  if (!is_drawing(frame)) return false;
  Slot& slot = slots_[frame.slot];
  slot.drawing = false;
  // Whatever becomes of the frame: its slot is in use until the GPU has done with it.
  slot.fence = fence;
  slot.unsignalled = fence != RenderFence::none;
  if (aborted_) return false;
  for (int i = 0; i < output_count_; ++i) {
    Output& output = outputs_[index(i)];
    if (output.away) continue;
    slot.wanted |= bit(i);
    ++output.counts.submitted;
  }
  if (!slot.unsignalled) supersede_before(slot);
  return true;
}

bool FrameRing::discard(Frame frame) {
  if (!is_drawing(frame)) return false;
  slots_[frame.slot].drawing = false;
  return true;
}

bool FrameRing::signalled(Frame frame, bool success) {
  if (!is_current(frame) || !slots_[frame.slot].unsignalled) return false;
  Slot& slot = slots_[frame.slot];
  slot.unsignalled = false;
  if (!success) {
    cancel_wanted(slot);
  } else {
    supersede_before(slot);
  }
  return true;
}

bool FrameRing::expired(Frame frame) {
  if (!is_current(frame) || !slots_[frame.slot].unsignalled) return false;
  cancel_wanted(slots_[frame.slot]);
  return true;
}

std::optional<Frame> FrameRing::upcoming(int number) const {
  const Output& output = outputs_[index(number)];
  if (output.away || output.cookie != 0) return std::nullopt;
  const int at = first_wanted(number);
  if (at < 0 || !may_commit(slots_[index(at)], output)) return std::nullopt;
  return Frame{static_cast<std::uint8_t>(at), slots_[index(at)].number};
}

std::optional<Flip> FrameRing::next(int number) {
  const auto frame = upcoming(number);
  if (!frame) return std::nullopt;
  Output& output = outputs_[index(number)];
  const int at = frame->slot;
  Slot& slot = slots_[index(at)];
  slot.wanted = static_cast<std::uint8_t>(slot.wanted & ~bit(number));
  output.pending = static_cast<std::uint8_t>(at);
  output.cookie = ++last_cookie_;
  output.modeset_pending = output.needs_modeset;
  output.needs_modeset = false;
  slot.held = slot_return_ == SlotReturn::release;
  return Flip{
      {output.pending, slot.number}, output.cookie, output.modeset_pending, slot.unsignalled};
}

bool FrameRing::refused(int number, std::uint64_t cookie) {
  if (!is_pending(number, cookie)) return false;
  Output& output = outputs_[index(number)];
  const int at = output.pending;
  take_back(output);
  if (newer_is_ready(number)) {
    ++output.counts.superseded;
  } else {
    slots_[index(at)].wanted |= bit(number);
  }
  return true;
}

bool FrameRing::dropped(int number, std::uint64_t cookie) {
  if (!is_pending(number, cookie)) return false;
  take_back(outputs_[index(number)]);
  ++outputs_[index(number)].counts.cancelled;
  return true;
}

FlipResult FrameRing::flipped(int number, std::uint64_t cookie) {
  if (!is_pending(number, cookie)) {
    return cookie != 0 && cookie <= last_cookie_ ? FlipResult::stale : FlipResult::unknown;
  }
  Output& output = outputs_[index(number)];
  output.scanout = output.pending;
  end_pending(output);
  ++output.counts.shown;
  return FlipResult::shown;
}

bool FrameRing::released(Frame frame) {
  if (!is_current(frame) || !slots_[frame.slot].held) return false;
  slots_[frame.slot].held = false;
  return true;
}

void FrameRing::arm_modeset(int number) {
  outputs_[index(number)].needs_modeset = has_modes();
}

void FrameRing::leave(int number) {
  outputs_[index(number)].away = true;
  // The others must not wait for what it does not take.
  if (any_output()) forget_wanted(number);
}

void FrameRing::off(int number) {
  Output& output = outputs_[index(number)];
  if (output.cookie != 0) {
    ++output.counts.cancelled;
    end_pending(output);
  }
  output.scanout = no_slot;
  output.away = true;
  for (Slot& slot : slots_) slot.held = false;
  forget_wanted(number);
}

void FrameRing::enter(int number) {
  if (aborted_) return;
  outputs_[index(number)].away = false;
  arm_modeset(number);
  for (int i = 0; i < output_count_; ++i) {
    if (outputs_[index(i)].away) forget_wanted(i);
  }
}

void FrameRing::close() {
  closed_ = true;
}

void FrameRing::abort() {
  closed_ = true;
  aborted_ = true;
  for (int i = 0; i < output_count_; ++i) off(i);
}

bool FrameRing::drained() const {
  for (int i = 0; i < slot_count_; ++i) {
    const SlotUse is = use(i);
    if (is == SlotUse::drawing || is == SlotUse::ready || is == SlotUse::pending) return false;
  }
  return true;
}

SlotUse FrameRing::use(int number) const {
  const Slot& slot = slots_[index(number)];
  if (slot.drawing) return SlotUse::drawing;
  SlotUse is = slot.unsignalled || slot.held ? SlotUse::retiring : SlotUse::free;
  if (slot.wanted != 0) is = SlotUse::ready;
  for (int i = 0; i < output_count_; ++i) {
    if (outputs_[index(i)].scanout == number) return SlotUse::scanout;
    if (outputs_[index(i)].pending == number) is = SlotUse::pending;
  }
  return is;
}

bool FrameRing::wanted(int slot, int output) const {
  return (slots_[index(slot)].wanted & bit(output)) != 0;
}

std::optional<Frame> FrameRing::pending(int number) const {
  const std::uint8_t at = outputs_[index(number)].pending;
  if (at == no_slot) return std::nullopt;
  return Frame{at, slots_[at].number};
}

std::optional<Frame> FrameRing::scanout(int number) const {
  const std::uint8_t at = outputs_[index(number)].scanout;
  if (at == no_slot) return std::nullopt;
  return Frame{at, slots_[at].number};
}

bool FrameRing::is_current(Frame frame) const {
  return frame.slot < slot_count_ && frame.number != 0 && slots_[frame.slot].number == frame.number;
}

bool FrameRing::is_drawing(Frame frame) const {
  return is_current(frame) && slots_[frame.slot].drawing;
}

// use() says the same, but looks at all of it.
bool FrameRing::is_free(int number) const {
  const Slot& slot = slots_[index(number)];
  if (slot.drawing || slot.unsignalled || slot.held || slot.wanted != 0) return false;
  for (int i = 0; i < output_count_; ++i) {
    if (outputs_[index(i)].scanout == number || outputs_[index(i)].pending == number) return false;
  }
  return true;
}

bool FrameRing::any_output() const {
  for (int i = 0; i < output_count_; ++i) {
    if (!outputs_[index(i)].away) return true;
  }
  return false;
}

// A commit that blocks must not wait for a GPU. (In mailbox mode only finished frames come here.)
bool FrameRing::may_commit(const Slot& slot, const Output& output) const {
  if (!slot.unsignalled) return true;
  return slot.fence == RenderFence::native && !output.needs_modeset;
}

// The oldest one; in mailbox mode the oldest finished one, which is the newest as well, because it
// has superseded all before it. -1: none.
int FrameRing::first_wanted(int output) const {
  int found = -1;
  for (int i = 0; i < slot_count_; ++i) {
    if (!wanted(i, output)) continue;
    const Slot& slot = slots_[index(i)];
    if (policy_ == RingPolicy::mailbox && slot.unsignalled) continue;
    if (found < 0 || slot.number < slots_[index(found)].number) found = i;
  }
  return found;
}

void FrameRing::forget_wanted(int number) {
  for (Slot& slot : slots_) {
    if ((slot.wanted & bit(number)) == 0) continue;
    slot.wanted = static_cast<std::uint8_t>(slot.wanted & ~bit(number));
    ++outputs_[index(number)].counts.cancelled;
  }
}

void FrameRing::cancel_wanted(Slot& slot) {
  for (int i = 0; i < output_count_; ++i) {
    if ((slot.wanted & bit(i)) != 0) ++outputs_[index(i)].counts.cancelled;
  }
  slot.wanted = 0;
}

// A frame has been finished: in mailbox mode outputs that want it want none before it any more.
void FrameRing::supersede_before(const Slot& newer) {
  if (policy_ != RingPolicy::mailbox) return;
  for (int at = 0; at < slot_count_; ++at) {
    Slot& slot = slots_[index(at)];
    if ((slot.wanted & newer.wanted) == 0) continue;
    if (slot.number >= newer.number) continue;
    for (int i = 0; i < output_count_; ++i) {
      if ((slot.wanted & newer.wanted & bit(i)) != 0) ++outputs_[index(i)].counts.superseded;
    }
    slot.wanted = static_cast<std::uint8_t>(slot.wanted & ~newer.wanted);
  }
}

// A finished frame that an output wants is newer than what it has pending, which would have
// superseded it otherwise.
bool FrameRing::newer_is_ready(int output) const {
  if (policy_ != RingPolicy::mailbox) return false;
  for (int i = 0; i < slot_count_; ++i) {
    const Slot& slot = slots_[index(i)];
    if (wanted(i, output) && !slot.unsignalled) return true;
  }
  return false;
}

bool FrameRing::is_pending(int output, std::uint64_t cookie) const {
  return cookie != 0 && outputs_[index(output)].cookie == cookie;
}

// The commit was not made: the display has nothing that it could release.
void FrameRing::take_back(Output& output) {
  slots_[output.pending].held = false;
  output.needs_modeset |= output.modeset_pending;
  end_pending(output);
}

void FrameRing::end_pending(Output& output) {
  output.cookie = 0;
  output.pending = no_slot;
  output.modeset_pending = false;
}

}  // namespace drmshow
