#include "ring/frame_fates.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace drmshow::test {
namespace {

using Fates = std::vector<FrameFate>;

template <class Change>
Fates fates_of(FrameRing& ring, const Change& change) {
  const FrameRing before = ring;
  change();
  Fates fates;
  tell_fates(before, ring, [&](const FrameFate& fate) { fates.push_back(fate); });
  return fates;
}

Frame draw_frame(FrameRing& ring, RenderFence fence = RenderFence::none) {
  const Frame frame = *ring.acquire();
  ring.submit(frame, fence);
  return frame;
}

void show_frame(FrameRing& ring, int output) {
  ring.flipped(output, ring.next(output)->cookie);
}

TEST(FrameFates, AFinishedFrameSupersedesWhatIsBeforeIt) {
  FrameRing ring{5, RingPolicy::mailbox};
  draw_frame(ring);
  show_frame(ring, 0);
  const Frame slow = draw_frame(ring, RenderFence::gated);
  const Frame old = draw_frame(ring);
  const Frame newer = *ring.acquire();
  EXPECT_EQ(fates_of(ring, [&] { ring.submit(newer); }), (Fates{{true, 0, old, newer.number}}))
      << "the slow one went before";
  EXPECT_EQ(fates_of(ring, [&] { ring.signalled(slow); }), Fates{});
  EXPECT_EQ(fates_of(ring, [&] { show_frame(ring, 0); }), Fates{});
}

TEST(FrameFates, ACommitThatWasRefusedGivesWayToANewerFrame) {
  FrameRing ring{4, RingPolicy::mailbox};
  draw_frame(ring);
  show_frame(ring, 0);
  const Frame old = draw_frame(ring);
  const std::uint64_t cookie = ring.next(0)->cookie;
  const Frame newer = draw_frame(ring);
  EXPECT_EQ(fates_of(ring, [&] { ring.refused(0, cookie); }),
            (Fates{{true, 0, old, newer.number}}));
}

TEST(FrameFates, EachOutputHasItsOwn) {
  FrameRing ring{4, RingPolicy::mailbox, 2};
  const Frame first = draw_frame(ring);
  const std::uint64_t cookie = ring.next(1)->cookie;
  const Frame second = *ring.acquire();
  EXPECT_EQ(fates_of(ring, [&] { ring.submit(second); }), (Fates{{true, 0, first, second.number}}));
  EXPECT_EQ(fates_of(ring, [&] { ring.dropped(1, cookie); }), (Fates{{false, 1, first, 0}}));
  EXPECT_EQ(fates_of(ring, [&] { ring.leave(1); }), (Fates{{false, 1, second, 0}}));
}

TEST(FrameFates, WhatFailsOrHasNoDisplayIsCancelled) {
  FrameRing ring{4};
  draw_frame(ring);
  show_frame(ring, 0);
  const Frame pending = draw_frame(ring);
  ring.next(0);
  const Frame fails = draw_frame(ring, RenderFence::gated);
  EXPECT_EQ(fates_of(ring, [&] { ring.signalled(fails, false); }), (Fates{{false, 0, fails, 0}}));
  const Frame late = draw_frame(ring, RenderFence::gated);
  EXPECT_EQ(fates_of(ring, [&] { ring.expired(late); }), (Fates{{false, 0, late, 0}}));
  EXPECT_EQ(fates_of(ring, [&] { ring.signalled(late); }), Fates{}) << "it is over";
  const Frame waits = draw_frame(ring);
  EXPECT_EQ(fates_of(ring, [&] { ring.abort(); }),
            (Fates{{false, 0, pending, 0}, {false, 0, waits, 0}}));
}

}  // namespace
}  // namespace drmshow::test
