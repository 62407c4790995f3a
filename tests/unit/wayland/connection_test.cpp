// The layer against a compositor that is a thread of this test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "drm/modifier_rank.hpp"
#include "fake_compositor.hpp"
#include "wayland/dmabuf_buffer.hpp"
#include "wayland/dmabuf_formats.hpp"
#include "wayland/fractional_scale.hpp"
#include "wayland/shm_buffer.hpp"
#include "wayland/surface_commits.hpp"
#include "wayland/wayland_client.hpp"

namespace drmshow {
namespace {

using fake::FakeCompositor;
using fake::FakeManners;
using fake::OnCommit;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Format xrgb = formats::xrgb8888;
constexpr Modifier tiled{0x0100000000000002};

/// What GLFW does otherwise: the connection and a surface, of version 3 as GLFW's.
class Client {
 public:
  explicit Client(FakeCompositor& compositor)
      : display_{wl_display_connect_to_fd(compositor.connect().release())} {
    connection.emplace(display_);
    globals.emplace(*connection);
    wl_registry* const registry = wl_display_get_registry(display_);
    static constexpr wl_registry_listener listener{on_global, on_removed};
    wl_registry_add_listener(registry, &listener, this);
    connection->roundtrip();
    wl_registry_destroy(registry);
    surface = wl_compositor_create_surface(compositor_);
  }
  ~Client() {
    wl_surface_destroy(surface);
    wl_compositor_destroy(compositor_);
    globals.reset();
    connection.reset();
    wl_display_disconnect(display_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  std::vector<WindowEvent> take_events() {
    connection->roundtrip();
    std::vector<WindowEvent> taken;
    while (const auto event = events.next()) taken.push_back(*event);
    return taken;
  }

  WindowEvents events;
  std::optional<WaylandConnection> connection;
  std::optional<WaylandGlobals> globals;
  wl_surface* surface = nullptr;

 private:
  static void on_global(void* data, wl_registry* registry, std::uint32_t name,
                        const char* interface, std::uint32_t /*version*/) {
    if (std::string_view{interface} != wl_compositor_interface.name) return;
    static_cast<Client*>(data)->compositor_ =
        static_cast<wl_compositor*>(wl_registry_bind(registry, name, &wl_compositor_interface, 3));
  }
  static void on_removed(void* /*data*/, wl_registry* /*registry*/, std::uint32_t /*name*/) {}

  wl_display* display_;
  wl_compositor* compositor_ = nullptr;
};

SurfaceFrame frame_of(const ShmBuffer& buffer, std::uint64_t cookie) {
  SurfaceFrame frame;
  frame.buffer = &buffer.buffer();
  frame.cookie = cookie;
  frame.geometry = window_geometry(buffer.size(), WindowScale{}, ScaledBy::viewport);
  return frame;
}

std::vector<WindowEventKind> kinds_of(const std::vector<WindowEvent>& events) {
  std::vector<WindowEventKind> kinds;
  for (const WindowEvent& event : events) kinds.push_back(event.kind);
  return kinds;
}

FakeManners manners_with(OnCommit on_commit) {
  FakeManners manners;
  manners.on_commit = on_commit;
  return manners;
}

TEST(Globals, AreBoundOnce) {
  FakeCompositor compositor{{}};
  Client client{compositor};
  EXPECT_THAT(client.globals->offered(),
              HasSubstr("wl_shm 1, zwp_linux_dmabuf_v1 4, wp_presentation 1, wp_viewporter 1"));
  EXPECT_TRUE(client.globals->takes_shm(xrgb));
  EXPECT_FALSE(client.globals->takes_shm(Format::from_chars('N', 'V', '1', '2')));
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
  EXPECT_THROW((ShmBuffer{*client.globals, {40000, 40000}, xrgb, 1, client.events}), Error);
  EXPECT_THROW((ShmBuffer{*client.globals, {8, 8}, Format{1}, 1, client.events}), Error);
}

}  // namespace
}  // namespace drmshow
