// Frames that go to a compositor which is a thread of this test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drm-show/error.hpp"
#include "fake_client.hpp"

namespace drmshow {
namespace {

using fake::Client;
using fake::FakeCompositor;
using fake::FakeManners;
using fake::frame_of;
using fake::manners_with;
using fake::OnCommit;
using fake::xrgb;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<WindowEventKind> kinds_of(const std::vector<WindowEvent>& events) {
  std::vector<WindowEventKind> kinds;
  for (const WindowEvent& event : events) kinds.push_back(event.kind);
  return kinds;
}

TEST(Commits, SayWhatBecameOfThem) {
  FakeManners manners;
  manners.presented_at = std::chrono::seconds{5} + Nanoseconds{7};
  FakeCompositor compositor{manners};
  Client client{compositor};
  SurfaceCommits commits{*client.connection, *client.globals, client.surface, client.events};
  const ShmBuffer first{*client.globals, {64, 48}, xrgb, 101, client.events};
  const ShmBuffer second{*client.globals, {64, 48}, xrgb, 102, client.events};
  ASSERT_TRUE(commits.commit(frame_of(first, 1)));
  EXPECT_EQ(commits.pending(), 1u);
  const auto shown = client.take_events();
  ASSERT_THAT(kinds_of(shown),
              ElementsAre(WindowEventKind::frame_done, WindowEventKind::presented));
  EXPECT_EQ(shown[1].cookie, 1u);
  EXPECT_TRUE(shown[1].time_known);
  EXPECT_EQ(shown[1].time, Time{std::chrono::seconds{5} + Nanoseconds{7}});
  EXPECT_EQ(shown[1].refresh, Nanoseconds{16666667});
  EXPECT_EQ(shown[1].sequence, 0x1'0000'0002u);
  EXPECT_EQ(shown[1].how, (PresentedHow{true, false, false, true}));
  EXPECT_EQ(commits.pending(), 0u);
  ASSERT_TRUE(commits.commit(frame_of(second, 2)));
  const auto then = client.take_events();
  ASSERT_FALSE(then.empty());
  EXPECT_EQ(then[0].kind, WindowEventKind::released);
  EXPECT_EQ(then[0].cookie, 101u);
}

TEST(Commits, SayThatTheyWereDiscarded) {
  FakeCompositor compositor{manners_with(OnCommit::discard)};
  Client client{compositor};
  SurfaceCommits commits{*client.connection, *client.globals, client.surface, client.events};
  const ShmBuffer buffer{*client.globals, {8, 8}, xrgb, 1, client.events};
  ASSERT_TRUE(commits.commit(frame_of(buffer, 9)));
  const auto events = client.take_events();
  EXPECT_THAT(kinds_of(events),
              ElementsAre(WindowEventKind::frame_done, WindowEventKind::discarded));
  EXPECT_EQ(events.at(1).cookie, 9u);
}

TEST(Commits, CarryGeometryDamageAndWishes) {
  FakeCompositor compositor{{}};
  {
    Client client{compositor};
    SurfaceCommits commits{*client.connection, *client.globals, client.surface, client.events};
    const ShmBuffer buffer{*client.globals, {150, 75}, xrgb, 1, client.events};
    SurfaceFrame frame = frame_of(buffer, 1);
    frame.geometry = window_geometry({100, 50}, WindowScale{180}, ScaledBy::viewport);
    const Rect changed{{3, 3}, {3, 6}};
    frame.damage = {&changed, 1};
    frame.wishes = {true, true, Time{std::chrono::seconds{4}}, true};
    ASSERT_TRUE(commits.commit(frame));
    ASSERT_TRUE(commits.commit(frame_of(buffer, 2)));
    client.connection->roundtrip();
    const auto able = commits.abilities();
    EXPECT_TRUE(able.presentation && able.fifo == bool{DRMSHOW_HAVE_FIFO_V1});
  }
  compositor.stop();
  ASSERT_THAT(compositor.commits(), SizeIs(2));
  const auto& first = compositor.commits()[0];
  EXPECT_EQ(first.destination, (Size{100, 50}));
  EXPECT_EQ(first.buffer_scale, 1);
  EXPECT_EQ(first.damage, (Rect{{2, 2}, {2, 4}}));
  if (DRMSHOW_HAVE_FIFO_V1) {
    EXPECT_TRUE(first.set_barrier && first.wait_barrier);
  }
  if (DRMSHOW_HAVE_COMMIT_TIMING_V1) {
    EXPECT_EQ(first.not_before, Nanoseconds{std::chrono::seconds{4}});
  }
  if (DRMSHOW_HAVE_TEARING_CONTROL_V1) {
    EXPECT_TRUE(first.tearing);
  }
  const auto& second = compositor.commits()[1];
  EXPECT_FALSE(second.set_barrier || second.wait_barrier || second.not_before || second.tearing);
  EXPECT_EQ(second.damage, (Rect{{0, 0}, {150, 75}}));
}

TEST(Commits, OfAHiddenWindowAreRefusedSometime) {
  FakeCompositor compositor{manners_with(OnCommit::keep_silent)};
  Client client{compositor};
  SurfaceCommits commits{*client.connection, *client.globals, client.surface, client.events};
  const ShmBuffer buffer{*client.globals, {8, 8}, xrgb, 1, client.events};
  for (std::size_t i = 0; i < SurfaceCommits::most_pending; ++i) {
    EXPECT_TRUE(commits.commit(frame_of(buffer, i)));
  }
  EXPECT_FALSE(commits.commit(frame_of(buffer, 99)));
  EXPECT_THAT(client.take_events(), IsEmpty());
}

TEST(Commits, ThatNobodyAnswersAreGivenUp) {
  FakeCompositor compositor{manners_with(OnCommit::frame_only)};
  Client client{compositor};
  SurfaceCommits commits{*client.connection, *client.globals, client.surface, client.events};
  const ShmBuffer buffer{*client.globals, {8, 8}, xrgb, 1, client.events};
  std::vector<std::uint64_t> given_up;
  for (std::uint64_t i = 0; i < SurfaceCommits::most_pending + 3; ++i) {
    ASSERT_TRUE(commits.commit(frame_of(buffer, i)));
    for (const auto& event : client.take_events()) {
      if (event.kind == WindowEventKind::unanswered) given_up.push_back(event.cookie);
    }
  }
  EXPECT_THAT(given_up, ElementsAre(0, 1, 2));
}

TEST(FractionalScale, IsWhatTheCompositorPrefers) {
  FakeManners manners;
  manners.preferred_scale = 150;
  FakeCompositor compositor{manners};
  Client client{compositor};
  const FractionalScale scale{*client.globals, client.surface};
  EXPECT_FALSE(scale.preferred());
  client.connection->roundtrip();
  EXPECT_EQ(scale.preferred(), WindowScale{150});
}

TEST(FractionalScale, IsNoneIfItIsNotOfferedOrAbsurd) {
  for (const unsigned preferred : {0u, 1'000'000u}) {
    FakeManners manners;
    manners.preferred_scale = preferred;
    FakeCompositor compositor{manners};
    Client client{compositor};
    const FractionalScale scale{*client.globals, client.surface};
    client.connection->roundtrip();
    EXPECT_FALSE(scale.preferred());
  }
}

TEST(ShmBuffer, IsMemoryOfBoth) {
  FakeCompositor compositor{{}};
  Client client{compositor};
  const ShmBuffer buffer{*client.globals, {17, 3}, xrgb, 1, client.events};
  for (int y = 0; y < 3; ++y) {
    ASSERT_EQ(buffer.mapping().line(y).size(), 68u);
    EXPECT_EQ(buffer.mapping().line(y).back(), std::byte{0});
    buffer.mapping().line(y).back() = std::byte{0x5a};
  }
  client.connection->roundtrip();
  EXPECT_THROW((ShmBuffer{*client.globals, {0, 3}, xrgb, 1, client.events}), Error);
  EXPECT_THROW((ShmBuffer{*client.globals, {-1, -1}, xrgb, 1, client.events}), Error);
  EXPECT_THROW((ShmBuffer{*client.globals, {40000, 40000}, xrgb, 1, client.events}), Error);
  EXPECT_THROW((ShmBuffer{*client.globals, {8, 8}, Format{1}, 1, client.events}), Error);
}

}  // namespace
}  // namespace drmshow
