// How the ring is used, one story a test. tests/model has all the others.
#include "drm-show/frame_ring.hpp"

#include <gtest/gtest.h>

#include "drm-show/error.hpp"

namespace drmshow::test {
namespace {

// Draws and submits a frame; fails if there is no slot for it.
Frame draw(FrameRing& ring, RenderFence fence = RenderFence::none) {
  const auto frame = ring.acquire();
  EXPECT_TRUE(frame);
  EXPECT_TRUE(ring.submit(frame.value_or(Frame{}), fence));
  return frame.value_or(Frame{});
}

// Commits what is next, and shows it.
Frame show(FrameRing& ring, int output = 0) {
  const auto flip = ring.next(output);
  EXPECT_TRUE(flip);
  EXPECT_EQ(ring.flipped(output, flip.value_or(Flip{}).cookie), FlipResult::shown);
  return flip.value_or(Flip{}).frame;
}

TEST(FrameRing, HasTwoToEightSlotsAndOneMoreThanOutputs) {
  EXPECT_THROW(FrameRing{0}, Error);
  EXPECT_THROW(FrameRing{1}, Error);
  EXPECT_THROW(FrameRing{9}, Error);
  EXPECT_THROW((FrameRing{2, RingPolicy::fifo, 2}), Error);
  EXPECT_THROW((FrameRing{8, RingPolicy::fifo, 5}), Error);
  EXPECT_THROW((FrameRing{8, RingPolicy::fifo, 0}), Error);
  EXPECT_NO_THROW((FrameRing{3, RingPolicy::fifo, 2}));
  EXPECT_NO_THROW(FrameRing{8});
}

TEST(FrameRing, FifoShowsEveryFrameInOrder) {
  FrameRing ring{3};
  const Frame first = draw(ring);
  EXPECT_EQ(show(ring), first);
  const Frame second = draw(ring);
  const Frame third = draw(ring);
  EXPECT_FALSE(ring.acquire()) << "one is on the screen, two wait";
  EXPECT_EQ(show(ring), second);
  const Frame fourth = draw(ring);
  EXPECT_EQ(fourth.slot, first.slot);
  EXPECT_EQ(show(ring), third);
  EXPECT_EQ(show(ring), fourth);
  EXPECT_EQ(ring.counts(0), (FrameCounts{4, 4, 0, 0}));
}

TEST(FrameRing, MailboxShowsTheNewestFinishedFrame) {
  FrameRing ring{4, RingPolicy::mailbox};
  draw(ring);
  show(ring);
  const Frame finished = draw(ring);
  const Frame unfinished = draw(ring, RenderFence::native);
  EXPECT_EQ(ring.use(finished.slot), SlotUse::ready) << "what supersedes it is not finished";
  EXPECT_TRUE(ring.signalled(unfinished));
  EXPECT_EQ(ring.use(finished.slot), SlotUse::free);
  EXPECT_EQ(show(ring), unfinished);
  EXPECT_EQ(ring.counts(0), (FrameCounts{3, 2, 1, 0}));
}

TEST(FrameRing, OnlyOurGpusFencesReachTheKernel) {
  FrameRing ring{4};
  draw(ring);
  show(ring);
  const Frame foreign = draw(ring, RenderFence::gated);
  EXPECT_FALSE(ring.next(0));
  EXPECT_TRUE(ring.signalled(foreign));
  EXPECT_EQ(show(ring), foreign);
  draw(ring, RenderFence::native);
  const auto flip = ring.next(0);
  ASSERT_TRUE(flip);
  EXPECT_TRUE(flip->wait_for_fence);
}

TEST(FrameRing, TheFirstCommitIsAModesetAndDoesNotWaitForAFence) {
  FrameRing ring{3};
  const Frame frame = draw(ring, RenderFence::native);
  EXPECT_FALSE(ring.next(0)) << "it would block";
  ring.signalled(frame);
  const auto busy = ring.next(0);
  ASSERT_TRUE(busy);
  EXPECT_TRUE(busy->modeset);
  EXPECT_TRUE(ring.refused(0, busy->cookie));
  const auto again = ring.next(0);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->modeset);
  EXPECT_EQ(again->frame, frame);
  EXPECT_EQ(ring.flipped(0, busy->cookie), FlipResult::stale);
  EXPECT_EQ(ring.flipped(0, again->cookie), FlipResult::shown);
  EXPECT_EQ(ring.flipped(0, again->cookie), FlipResult::stale);
  EXPECT_EQ(ring.flipped(0, again->cookie + 1), FlipResult::unknown);
  draw(ring);
  EXPECT_FALSE(ring.next(0)->modeset);
}

TEST(FrameRing, AFrameWhoseFenceFailsIsNotShown) {
  FrameRing ring{3};
  const Frame broken = draw(ring, RenderFence::gated);
  const Frame good = draw(ring);
  EXPECT_TRUE(ring.signalled(broken, false));
  EXPECT_EQ(show(ring), good);
  EXPECT_EQ(ring.counts(0).cancelled, 1u);
}

TEST(FrameRing, AFrameWhoseFenceIsLateIsGivenUpButItsSlotIsNot) {
  FrameRing ring{3};
  const Frame late = draw(ring, RenderFence::gated);
  const Frame good = draw(ring);
  EXPECT_FALSE(ring.upcoming(0)) << "what is first is not finished";
  EXPECT_FALSE(ring.expired({late.slot, late.number + 1}));
  EXPECT_FALSE(ring.expired(good)) << "it waits for nothing";
  EXPECT_TRUE(ring.expired(late));
  EXPECT_EQ(ring.use(late.slot), SlotUse::retiring);
  EXPECT_EQ(show(ring), good);
  EXPECT_EQ(ring.counts(0), (FrameCounts{2, 1, 0, 1}));
  EXPECT_NE(ring.acquire().value_or(late).slot, late.slot);
  EXPECT_TRUE(ring.signalled(late));
  EXPECT_EQ(ring.use(late.slot), SlotUse::free);
  EXPECT_FALSE(ring.expired(late));
}

TEST(FrameRing, UpcomingIsWhatNextGives) {
  FrameRing ring{3};
  EXPECT_FALSE(ring.upcoming(0));
  const Frame first = draw(ring);
  const FrameRing before = ring;
  EXPECT_EQ(ring.upcoming(0), first);
  EXPECT_EQ(ring, before);
  show(ring);
  draw(ring);
  const Frame third = draw(ring);
  const auto flip = ring.next(0);
  ASSERT_TRUE(flip);
  EXPECT_FALSE(ring.upcoming(0)) << "a flip is pending";
  ring.flipped(0, flip->cookie);
  EXPECT_EQ(ring.upcoming(0), third);
  ring.leave(0);
  EXPECT_FALSE(ring.upcoming(0));
}

// The display waits for the fence itself, and may be heard of first.
TEST(FrameRing, AFlipMayBeKnownBeforeItsFence) {
  FrameRing ring{3};
  draw(ring);
  show(ring);
  const Frame native = draw(ring, RenderFence::native);
  EXPECT_EQ(show(ring), native);
  draw(ring);
  show(ring);
  EXPECT_EQ(ring.use(native.slot), SlotUse::retiring) << "off the screen, but nobody has said it";
  EXPECT_TRUE(ring.signalled(native));
  EXPECT_EQ(ring.use(native.slot), SlotUse::free);
}

TEST(FrameRing, AnOutputThatIsAwayKeepsWhatItShowsUntilItIsOff) {
  FrameRing ring{3};
  const Frame shown = draw(ring);
  show(ring);
  const Frame waiting = draw(ring);
  ring.leave(0);
  EXPECT_FALSE(ring.next(0));
  EXPECT_FALSE(ring.acquire()) << "nobody would see it";
  EXPECT_EQ(ring.use(shown.slot), SlotUse::scanout);
  ring.off(0);
  EXPECT_EQ(ring.use(shown.slot), SlotUse::free);
  EXPECT_EQ(ring.use(waiting.slot), SlotUse::free);
  ring.enter(0);
  draw(ring);
  EXPECT_TRUE(ring.next(0)->modeset);
}

TEST(FrameRing, MirroredOutputsTakeFramesAtTheirOwnRates) {
  FrameRing ring{4, RingPolicy::mailbox, 2};
  const Frame first = draw(ring);
  show(ring, 0);
  show(ring, 1);
  const Frame second = draw(ring);
  show(ring, 0);
  const Frame third = draw(ring);
  EXPECT_EQ(ring.counts(1).superseded, 1u) << "the second, on the slow one";
  show(ring, 0);
  EXPECT_EQ(ring.use(second.slot), SlotUse::free);
  EXPECT_EQ(ring.use(first.slot), SlotUse::scanout);
  EXPECT_EQ(show(ring, 1), third);
}

TEST(FrameRing, ClosingShowsWhatWasSubmitted) {
  FrameRing ring{3};
  const auto drawing = ring.acquire();
  ring.close();
  EXPECT_FALSE(ring.drained());
  EXPECT_TRUE(ring.submit(*drawing));
  EXPECT_FALSE(ring.acquire());
  show(ring);
  EXPECT_TRUE(ring.drained());
}

FrameRing over_wayland(int slots, RingPolicy policy = RingPolicy::fifo) {
  return FrameRing{slots, policy, 1, SlotReturn::release};
}

TEST(FrameRingOverWayland, IsForOneOutput) {
  EXPECT_THROW((FrameRing{3, RingPolicy::fifo, 2, SlotReturn::release}), Error);
  EXPECT_EQ(over_wayland(2).slot_return(), SlotReturn::release);
  EXPECT_EQ(FrameRing{2}.slot_return(), SlotReturn::flip);
}

TEST(FrameRingOverWayland, ASlotIsFreeWhenTheCompositorHasReleasedIt) {
  FrameRing ring = over_wayland(2);
  const Frame first = draw(ring);
  show(ring);
  const Frame second = draw(ring);
  show(ring);
  EXPECT_EQ(ring.use(first.slot), SlotUse::retiring) << "replaced, but perhaps still read";
  EXPECT_TRUE(ring.held(first.slot));
  EXPECT_FALSE(ring.acquire());
  EXPECT_TRUE(ring.released(first));
  EXPECT_EQ(ring.use(first.slot), SlotUse::free);
  EXPECT_EQ(draw(ring).slot, first.slot);
  EXPECT_EQ(ring.use(second.slot), SlotUse::scanout);
}

// As for wl_shm, which compositors may copy at once.
TEST(FrameRingOverWayland, AnEarlyReleaseIsRememberedUntilTheFrameIsReplaced) {
  FrameRing ring = over_wayland(3);
  const Frame early = draw(ring);
  const auto flip = ring.next(0);
  ASSERT_TRUE(flip);
  EXPECT_TRUE(ring.released(early));
  EXPECT_EQ(ring.use(early.slot), SlotUse::pending);
  EXPECT_EQ(ring.flipped(0, flip->cookie), FlipResult::shown);
  EXPECT_EQ(ring.use(early.slot), SlotUse::scanout);
  const Frame on_screen = draw(ring);
  show(ring);
  EXPECT_EQ(ring.use(early.slot), SlotUse::free);
  EXPECT_TRUE(ring.released(on_screen));
  EXPECT_EQ(ring.use(on_screen.slot), SlotUse::scanout);
}

TEST(FrameRingOverWayland, AReleaseIsTakenOnceAndOnlyOfWhatIsHeld) {
  FrameRing ring = over_wayland(2);
  const Frame frame = draw(ring);
  EXPECT_FALSE(ring.released(frame)) << "not committed";
  show(ring);
  EXPECT_FALSE(ring.released({frame.slot, frame.number + 1}));
  EXPECT_FALSE(ring.released({200, 1}));
  EXPECT_TRUE(ring.released(frame));
  EXPECT_FALSE(ring.released(frame));
  FrameRing kms{2};
  const Frame shown = draw(kms);
  show(kms);
  EXPECT_FALSE(kms.held(shown.slot));
  EXPECT_FALSE(kms.released(shown));
}

TEST(FrameRingOverWayland, NobodyHoldsWhatWasNotCommitted) {
  FrameRing ring = over_wayland(3);
  const Frame frame = draw(ring);
  EXPECT_TRUE(ring.refused(0, ring.next(0).value_or(Flip{}).cookie));
  EXPECT_FALSE(ring.released(frame));
  EXPECT_EQ(ring.use(frame.slot), SlotUse::ready);
  EXPECT_TRUE(ring.dropped(0, ring.next(0).value_or(Flip{}).cookie));
  EXPECT_EQ(ring.use(frame.slot), SlotUse::free);
}

TEST(FrameRingOverWayland, NoCommitIsAModeset) {
  FrameRing ring = over_wayland(3);
  draw(ring, RenderFence::native);
  const auto first = ring.next(0);
  ASSERT_TRUE(first) << "nothing that blocks";
  EXPECT_FALSE(first->modeset);
  ring.arm_modeset(0);
  EXPECT_FALSE(ring.needs_modeset(0));
  ring.off(0);
  ring.enter(0);
  EXPECT_FALSE(ring.needs_modeset(0));
}

TEST(FrameRingOverWayland, NothingIsHeldOnceAllIsOff) {
  FrameRing ring = over_wayland(2);
  const Frame replaced = draw(ring);
  show(ring);
  const Frame shown = draw(ring);
  show(ring);
  ring.leave(0);
  EXPECT_TRUE(ring.held(replaced.slot));
  ring.off(0);
  EXPECT_EQ(ring.use(replaced.slot), SlotUse::free);
  EXPECT_EQ(ring.use(shown.slot), SlotUse::free);
  EXPECT_FALSE(ring.released(shown));
}

// A compositor may keep the last one as long as it likes.
TEST(FrameRingOverWayland, TheEndDoesNotWaitForReleases) {
  FrameRing ring = over_wayland(3);
  draw(ring);
  show(ring);
  draw(ring);
  show(ring);
  ring.close();
  EXPECT_TRUE(ring.drained());
}

TEST(FrameRing, AStaleHandleIsRefused) {
  FrameRing ring{2};
  const Frame frame = draw(ring);
  EXPECT_FALSE(ring.submit(frame));
  EXPECT_FALSE(ring.discard(frame));
  EXPECT_FALSE(ring.submit({200, 1}));
  EXPECT_FALSE(ring.signalled({0, 0}));
  ring.abort();
  EXPECT_EQ(ring.use(frame.slot), SlotUse::free);
  EXPECT_EQ(ring.counts(0), (FrameCounts{1, 0, 0, 1}));
}

}  // namespace
}  // namespace drmshow::test
