// dmabufs that go to a compositor which is a thread of this test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/mman.h>

#include "drm-show/error.hpp"
#include "drm/modifier_rank.hpp"
#include "fake_client.hpp"
#include "wayland/dmabuf_buffer.hpp"
#include "wayland/dmabuf_formats.hpp"

namespace drmshow {
namespace {

using fake::Client;
using fake::FakeCompositor;
using fake::FakeManners;
using fake::frame_of;
using fake::xrgb;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Modifier tiled{0x0100000000000002};

FakeManners manners_with_dmabufs(int version) {
  FakeManners manners;
  manners.dmabuf_version = version;
  manners.table = {{xrgb, modifiers::linear}, {xrgb, tiled}};
  manners.main_device = 0xe280;
  manners.tranches = {{0xe200, true, {1}}, {0xe280, false, {0, 1, 9}}};
  return manners;
}

TEST(DmabufFormats, ComeByFeedback) {
  FakeCompositor compositor{manners_with_dmabufs(4)};
  Client client{compositor};
  for (wl_surface* const surface : {static_cast<wl_surface*>(nullptr), client.surface}) {
    const DmabufFormats formats{*client.connection, *client.globals, surface};
    EXPECT_EQ(formats.version(), 1u);
    EXPECT_EQ(formats.feedback().main_device, dev_t{0xe280});
    EXPECT_THAT(formats.feedback().tranches,
                ElementsAre(DmabufTranche{0xe200, true, {{xrgb, {tiled}}}},
                            DmabufTranche{0xe280, false, {{xrgb, {modifiers::linear, tiled}}}}));
    EXPECT_THAT(formats.feedback().problem, HasSubstr("entry 9 of a table of 2"));
  }
}

TEST(DmabufFormats, OfATableThatIsShorterThanItSaysAreWhatIsThere) {
  FakeManners manners = manners_with_dmabufs(4);
  manners.table_bytes_said = 1 << 20;
  FakeCompositor compositor{manners};
  Client client{compositor};
  const DmabufFormats formats{*client.connection, *client.globals, nullptr};
  EXPECT_THAT(formats.feedback().tranches, SizeIs(2));
}

TEST(DmabufFormats, OfOlderVersionsComeOneByOne) {
  {
    FakeCompositor compositor{manners_with_dmabufs(3)};
    Client client{compositor};
    const DmabufFormats formats{*client.connection, *client.globals, nullptr};
    EXPECT_THAT(formats.feedback().tranches,
                ElementsAre(DmabufTranche{0, false, {{xrgb, {modifiers::linear, tiled}}}}));
  }
  FakeCompositor compositor{manners_with_dmabufs(2)};
  Client client{compositor};
  const DmabufFormats formats{*client.connection, *client.globals, nullptr};
  EXPECT_THAT(formats.feedback().tranches, ElementsAre(DmabufTranche{0, false, {{xrgb, {}}}}));
}

TEST(DmabufFormats, AreNoneWithoutDmabufs) {
  FakeCompositor compositor{manners_with_dmabufs(0)};
  Client client{compositor};
  const DmabufFormats formats{*client.connection, *client.globals, nullptr};
  EXPECT_EQ(formats.version(), 0u);
  EXPECT_THAT(formats.feedback().tranches, IsEmpty());
}

ImageLayout layout_in(int memory) {
  ImageLayout image;
  image.size = {16, 16};
  image.format = xrgb;
  image.modifier = tiled;
  image.plane_count = 2;
  image.planes[0] = {memory, 0, 0, 64};
  image.planes[1] = {memory, 0, 1024, 64};
  return image;
}

TEST(DmabufBuffer, IsMadeOrRefused) {
  const UniqueFd memory{::memfd_create("image", MFD_CLOEXEC)};
  {
    FakeCompositor compositor{manners_with_dmabufs(4)};
    Client client{compositor};
    const auto buffer = make_dmabuf_buffer(*client.connection, *client.globals,
                                           layout_in(memory.get()), 5, client.events);
    EXPECT_NE(buffer.get(), nullptr);
    SurfaceCommits commits{*client.connection, *client.globals, client.surface, client.events};
    const ShmBuffer other{*client.globals, {16, 16}, xrgb, 6, client.events};
    SurfaceFrame frame = frame_of(other, 1);
    frame.buffer = &buffer;
    ASSERT_TRUE(commits.commit(frame));
    ASSERT_TRUE(commits.commit(frame_of(other, 2)));
    bool released = false;
    for (const auto& event : client.take_events()) {
      released |= event.kind == WindowEventKind::released && event.cookie == 5;
    }
    EXPECT_TRUE(released);
    compositor.stop();
    EXPECT_EQ(compositor.dmabuf_planes(), 2);
  }
  FakeManners manners = manners_with_dmabufs(4);
  manners.refuses_dmabufs = true;
  FakeCompositor compositor{manners};
  Client client{compositor};
  try {
    make_dmabuf_buffer(*client.connection, *client.globals, layout_in(memory.get()), 5,
                       client.events);
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.failure(), Failure::mode_refused);
    EXPECT_THAT(error.what(), HasSubstr("16x16 XRGB8888"));
  }
}

TEST(DmabufBuffer, NeedsDmabufs) {
  FakeCompositor compositor{{}};
  Client client{compositor};
  ImageLayout image = layout_in(-1);
  EXPECT_THROW(make_dmabuf_buffer(*client.connection, *client.globals, image, 1, client.events),
               Error);
  client.connection->roundtrip();  // and nothing was broken
}

}  // namespace
}  // namespace drmshow
