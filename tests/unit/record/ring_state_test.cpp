// Rings as records, and back.
#include "record/ring_state.hpp"

#include <gtest/gtest.h>

namespace drmshow {
namespace {

StreamRecord shape_of(const FrameRing& ring) {
  return {0, static_cast<std::uint8_t>(ring.slots()), static_cast<std::uint8_t>(ring.outputs()),
          ring.policy(), ring.slot_return()};
}

void expect_restored(const FrameRing& ring) {
  const auto restored = restored_ring(shape_of(ring), ring_state(ring));
  ASSERT_TRUE(restored.has_value());
  EXPECT_TRUE(*restored == ring);
}

TEST(RingState, GoesThereAndBackAfterEachStep) {
  FrameRing ring{4, RingPolicy::mailbox, 2};
  expect_restored(ring);
  for (int i = 0; i < 20; ++i) {
    const auto frame = ring.acquire();
    expect_restored(ring);
    if (frame) ring.submit(*frame, i % 2 == 0 ? RenderFence::gated : RenderFence::none);
    expect_restored(ring);
    if (frame && i % 2 == 0) ring.signalled(*frame);
    const auto flip = ring.next(i % 2);
    expect_restored(ring);
    if (flip && i % 3 != 0) ring.flipped(i % 2, flip->cookie);
    if (flip && i % 3 == 0) ring.refused(i % 2, flip->cookie);
    if (i == 12) ring.leave(1);
    if (i == 15) ring.enter(1);
    expect_restored(ring);
  }
  ring.close();
  expect_restored(ring);
  ring.abort();
  expect_restored(ring);
}

TEST(RingState, OfACompositorsClient) {
  FrameRing ring{3, RingPolicy::fifo, 1, SlotReturn::release};
  const auto frame = ring.acquire();
  ring.submit(*frame);
  const auto flip = ring.next(0);
  expect_restored(ring);
  ring.flipped(0, flip->cookie);
  expect_restored(ring);
}

TEST(RingState, WhatNoRingCanBe) {
  const FrameRing ring{3};
  const StreamRecord shape = shape_of(ring);
  const RingRecord good = ring_state(ring);
  RingRecord bad = good;
  bad.outputs[0].pending = 3;
  EXPECT_FALSE(restored_ring(shape, bad));
  bad = good;
  bad.slots[0].number = 7;  // later than the last
  EXPECT_FALSE(restored_ring(shape, bad));
  bad = good;
  bad.slots[1].wanted = 2;  // by an output that there is none of
  EXPECT_FALSE(restored_ring(shape, bad));
  for (const StreamRecord impossible :
       {StreamRecord{0, 1, 1, RingPolicy::fifo, SlotReturn::flip},
        StreamRecord{0, 200, 1, RingPolicy::fifo, SlotReturn::flip},
        StreamRecord{0, 3, 0, RingPolicy::fifo, SlotReturn::flip},
        StreamRecord{0, 3, 1, static_cast<RingPolicy>(9), SlotReturn::flip}}) {
    EXPECT_FALSE(restored_ring(impossible, good));
  }
}

}  // namespace
}  // namespace drmshow
