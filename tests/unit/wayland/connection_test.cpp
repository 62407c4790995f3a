// The connection to a compositor that is a thread of this test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <poll.h>

#include "drm-show/error.hpp"
#include "fake_client.hpp"

namespace drmshow {
namespace {

using fake::Client;
using fake::FakeCompositor;
using fake::frame_of;
using fake::manners_with;
using fake::OnCommit;
using fake::xrgb;
using testing::HasSubstr;

TEST(Globals, AreBoundOnce) {
  FakeCompositor compositor{{}};
  Client client{compositor};
  EXPECT_THAT(client.globals->offered(),
              HasSubstr("wl_shm 1, zwp_linux_dmabuf_v1 4, wp_presentation 1, wp_viewporter 1"));
  EXPECT_TRUE(client.globals->takes_shm(xrgb));
  EXPECT_FALSE(client.globals->takes_shm(Format::from_chars('N', 'V', '1', '2')));
}

TEST(Connection, TellsWhatWasRefused) {
  FakeCompositor compositor{manners_with(OnCommit::refuse)};
  Client client{compositor};
  SurfaceCommits commits{*client.connection, *client.globals, client.surface, client.events};
  const ShmBuffer buffer{*client.globals, {8, 8}, xrgb, 1, client.events};
  ASSERT_TRUE(commits.commit(frame_of(buffer, 1)));
  try {
    client.connection->roundtrip();
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::compositor);
    EXPECT_THAT(error.what(), HasSubstr("wl_surface@"));
    EXPECT_THAT(error.what(), HasSubstr(", error 2 (this frame is not to my taste)"));
  }
}

TEST(Connection, TellsThatTheCompositorIsGone) {
  FakeCompositor compositor{manners_with(OnCommit::die)};
  Client client{compositor};
  SurfaceCommits commits{*client.connection, *client.globals, client.surface, client.events};
  const ShmBuffer buffer{*client.globals, {8, 8}, xrgb, 1, client.events};
  ASSERT_TRUE(commits.commit(frame_of(buffer, 1)));
  EXPECT_THROW(client.connection->roundtrip(), Error);
  EXPECT_THROW(client.connection->prepare(), Error);  // and again
  EXPECT_THROW(client.connection->dispatch(), Error);
}

TEST(Connection, DoesNotWaitForEverForAnAnswer) {
  FakeCompositor compositor{{}};
  Client client{compositor};
  compositor.stop();
  EXPECT_FALSE(client.connection->roundtrip(std::chrono::milliseconds{30}));
}

/// Whoever reads for one queue must not leave the events of the other behind.
TEST(Connection, NoEventThatWasReadStaysBehind) {
  FakeCompositor compositor{{}};
  Client client{compositor};
  SurfaceCommits commits{*client.connection, *client.globals, client.surface, client.events};
  const ShmBuffer buffer{*client.globals, {8, 8}, xrgb, 1, client.events};
  ASSERT_TRUE(commits.commit(frame_of(buffer, 1)));
  ASSERT_GE(wl_display_roundtrip(client.connection->display()), 0);  // as GLFW does
  EXPECT_TRUE(client.events.empty());
  EXPECT_FALSE(client.connection->prepare());
  EXPECT_FALSE(client.events.empty());
  EXPECT_EQ(client.connection->prepare(), POLLIN);
}

}  // namespace
}  // namespace drmshow
