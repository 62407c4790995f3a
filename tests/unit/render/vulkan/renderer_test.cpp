// Frames as they come out: of both jobs, turned, with panels as the processor draws them.
#include "render/vulkan/renderer.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include <poll.h>

#include "gpu_testing.hpp"
#include "render/cpu/coded_animation.hpp"
#include "render/cpu/frame_code.hpp"
#include "render/cpu/hud.hpp"
#include "render/cpu/overlay.hpp"
#include "render/cpu/still_animation.hpp"
#include "render/cpu/turned.hpp"
#include "render/vulkan/barriers.hpp"
#include "render/vulkan/run_once.hpp"
#include "render/vulkan/shader_scene.hpp"

namespace drmshow::testing {
namespace {

using Frame = std::vector<Pixel>;

Frame drawn(Renderer& renderer, const Moment& now) {
  return golden::draw(golden::DrawnFrame{renderer, now}).data;
}

/// What level_scene() shows, drawn by the processor.
class LevelPicture : public Picture {
 public:
  explicit LevelPicture(Size size) : size_{size} {}
  Size size() const override { return size_; }
  void draw_row(int y, std::span<Pixel> row) const override {
    for (int x = 0; x < size_.width; ++x) row[static_cast<std::size_t>(x)] = level_pixel(x, y);
  }

 private:
  Size size_;
};

std::unique_ptr<Animation> level_animation(Size size) {
  return still_animation(std::make_unique<LevelPicture>(size));
}

Frame painted(const Animation& animation) {
  const Size size = animation.size();
  Frame frame(static_cast<std::size_t>(size.area()));
  const auto width = static_cast<std::size_t>(size.width);
  for (int y = 0; y < size.height; ++y) {
    animation.draw(y, 0, std::span{frame}.subspan(static_cast<std::size_t>(y) * width, width));
  }
  return frame;
}

/// The largest difference in any channel, and how many pixels differ at all.
struct Difference {
  int most = 0;
  int pixels = 0;
};

Difference difference(const Frame& a, const Frame& b) {
  Difference result;
  for (std::size_t i = 0; i < a.size(); ++i) {
    int here = 0;
    for (const int shift : {0, 8, 16}) {
      here = std::max(here, std::abs(static_cast<int>(a[i] >> shift & 0xff) -
                                     static_cast<int>(b[i] >> shift & 0xff)));
    }
    result.most = std::max(result.most, here);
    result.pixels += here == 0 ? 0 : 1;
  }
  return result;
}

class TurnedFrame : public ::testing::TestWithParam<int> {};

TEST_P(TurnedFrame, IsAsTheProcessorTurnsIt) {
  const int turns = GetParam();
  for (const Size screen : {Size{97, 61}, {61, 97}, {256, 300}}) {
    Renderer renderer{test_timeline(), level_scene(), screen, golden::pixel_format, turns};
    auto source = level_animation(size_before_turning(screen, turns));
    const auto animation = turns == 0 ? std::move(source) : turned(std::move(source), turns);
    animation->set(moment_at(1));
    EXPECT_EQ(difference(drawn(renderer, moment_at(1)), painted(*animation)).most, 0);
  }
}

INSTANTIATE_TEST_SUITE_P(All, TurnedFrame, ::testing::Values(0, 1, 2, 3));

class FrameWithPanels : public ::testing::TestWithParam<int> {};

TEST_P(FrameWithPanels, IsAsTheProcessorBlendsThem) {
  const int turns = GetParam();
  const Size screen{640, 400};
  const Size size = size_before_turning(screen, turns);
  const Label label{{"Virtual-1", "640x400 @ 60.00 Hz"}};
  const auto label_over = label_panel(size, label);
  HudPanel hud_over{size, 3, 30};
  FrameCodePanel code_over{size};
  Renderer renderer{test_timeline(), level_scene(), screen, golden::pixel_format, turns};
  renderer.lay_over(code_over);
  renderer.lay_over(*label_over);
  renderer.lay_over(hud_over);

  auto with_hud =
      std::make_unique<Hud>(with_label(with_frame_code(level_animation(size)), label), 3, 30);
  Hud& hud = *with_hud;
  const auto animation = turns == 0
                             ? std::move(with_hud)
                             : turned(std::unique_ptr<Animation>{std::move(with_hud)}, turns);
  for (std::uint64_t number = 1; number <= 5; ++number) {
    const std::string text = "frame " + std::to_string(number / 2);  // stays for two of three
    hud.set_line(0, text);
    hud_over.set_line(0, text);
    animation->set(moment_at(number));
    const auto found = difference(drawn(renderer, moment_at(number)), painted(*animation));
    EXPECT_LE(found.most, 2) << "frame " << number;
    EXPECT_LT(found.pixels, screen.area() / 20) << "frame " << number;
  }
}

INSTANTIATE_TEST_SUITE_P(All, FrameWithPanels, ::testing::Values(0, 1, 2, 3));

std::optional<std::uint32_t> code_in(const FrameBytes& bytes) {
  return frame_code::read(bytes.size(), [&](int x, int y) {
    Pixel value = 0;
    std::memcpy(&value, bytes.line(y).data() + sizeof value * static_cast<std::size_t>(x),
                sizeof value);
    return value;
  });
}

TEST(RenderedFrames, CarryTheirNumbersWithTwoOnTheWay) {
  const Size size{320, 180};
  FrameCodePanel code{size};
  Renderer renderer{test_timeline(), level_scene(), size, golden::pixel_format, 0};
  renderer.lay_over(code);
  int before = renderer.draw(moment_at(1));
  for (std::uint64_t number = 2; number <= 40; ++number) {
    const int job = renderer.draw(moment_at(number));
    EXPECT_NE(job, before);
    EXPECT_EQ(code_in(renderer.finish(before)), number - 1);
    before = job;
  }
  renderer.finish(before);
}

TEST(RenderedFrames, FollowThoseThatNobodySees) {
  const Size size{320, 180};
  FrameCodePanel code{size};
  Renderer renderer{test_timeline(), level_scene(), size, golden::pixel_format, 0};
  renderer.lay_over(code);
  const std::uint64_t before = test_timeline().newest();
  for (std::uint64_t number = 1; number <= 5; ++number) renderer.draw_unseen(moment_at(number));
  EXPECT_EQ(test_timeline().newest(), before + 5);
  EXPECT_EQ(code_in(renderer.finish(renderer.draw(moment_at(6)))), 6u);
}

TEST(RenderedFrames, AreTheSameWheneverTheyAreDrawn) {
  const Size size{64, 36};
  Renderer renderer{test_timeline(), level_scene(), size, golden::pixel_format, 0};
  const Frame first = drawn(renderer, moment_at(7));
  EXPECT_EQ(drawn(renderer, moment_at(7)), first);
  EXPECT_TRUE(std::ranges::all_of(first, [](Pixel pixel) { return pixel >> 24 == 0xff; }));
}

TEST(RenderedFrames, OfOtherFormatsAreAsDeep) {
  const Size size{256, 4};
  const auto words =
      compiled("void mainImage(out vec4 c, in vec2 p) { c = vec4(int(p.x) / 255.0); }");
  auto scene = std::make_unique<ShaderScene>(test_timeline(), vk::Format::eR5G6B5UnormPack16, words,
                                             Nanoseconds{0});
  Renderer renderer{test_timeline(), std::move(scene), size, vk::Format::eR5G6B5UnormPack16, 0};
  const FrameBytes bytes = renderer.finish(renderer.draw(moment_at(1)));
  ASSERT_EQ(bytes.line(0).size(), 512u);
  std::uint16_t last = 0;
  std::memcpy(&last, bytes.line(3).data() + 510, sizeof last);
  EXPECT_EQ(last, 0xffff);
}

/// What an image holds that was handed to a display: it is taken back, as nobody else has it.
Frame taken_back(const GpuImage& image) {
  const Size size = image.wish().size;
  const Gpu& gpu = test_gpu();
  const GpuBuffer bytes{gpu, static_cast<vk::DeviceSize>(size.area()) * sizeof(Pixel),
                        vk::BufferUsageFlagBits::eTransferDst, MemoryUse::readback};
  run_once(gpu, [&](const vk::raii::CommandBuffer& commands) {
    auto barrier = to_copying(image.get());
    barrier.srcStageMask = vk::PipelineStageFlagBits2::eAllCommands;
    barrier.srcAccessMask = {};
    barrier.oldLayout = vk::ImageLayout::eGeneral;
    barrier.srcQueueFamilyIndex =
        gpu.traits().foreign_queues ? VK_QUEUE_FAMILY_FOREIGN_EXT : VK_QUEUE_FAMILY_EXTERNAL;
    barrier.dstQueueFamilyIndex = gpu.family();
    record_barrier(commands, barrier);
    commands.copyImageToBuffer(
        image.get(), vk::ImageLayout::eTransferSrcOptimal, bytes.get(),
        vk::BufferImageCopy{
            .imageSubresource = {.aspectMask = vk::ImageAspectFlagBits::eColor, .layerCount = 1},
            .imageExtent = {static_cast<std::uint32_t>(size.width),
                            static_cast<std::uint32_t>(size.height), 1}});
    record_barrier(commands, to_reading());
  });
  Frame frame(static_cast<std::size_t>(size.area()));
  std::memcpy(frame.data(), bytes.bytes().data(), frame.size() * sizeof(Pixel));
  return frame;
}

/// Sync files become readable; an empty one is of what is done.
bool signals(const UniqueFd& sync_file) {
  constexpr int enough = 10'000;  // milliseconds
  pollfd wanted{.fd = sync_file.get(), .events = POLLIN, .revents = 0};
  return !sync_file || ::poll(&wanted, 1, enough) == 1;
}

class FrameForADisplay : public ::testing::TestWithParam<int> {};

TEST_P(FrameForADisplay, IsDrawnWhenItsFenceSaysSo) {
  const Size screen{320, 200};
  FrameCodePanel code{size_before_turning(screen, GetParam())};
  Renderer renderer{test_timeline(), level_scene(), screen, golden::pixel_format, GetParam()};
  renderer.lay_over(code);
  const GpuImage image{
      test_gpu(),
      {.size = screen,
       .format = golden::pixel_format,
       .usage = vk::ImageUsageFlagBits::eColorAttachment | vk::ImageUsageFlagBits::eTransferSrc}};
  const RenderTarget target{image.get(), image.view(), screen};
  UniqueFd released;
  for (std::uint64_t number = 1; number <= 6; ++number) {
    UniqueFd drawn_at = renderer.draw(target, moment_at(number), std::move(released));
    ASSERT_TRUE(signals(drawn_at));
    EXPECT_EQ(difference(taken_back(image), drawn(renderer, moment_at(number))).most, 0);
    released = std::move(drawn_at);  // as good as a display's
  }
}

INSTANTIATE_TEST_SUITE_P(All, FrameForADisplay, ::testing::Values(0, 1, 2));

}  // namespace
}  // namespace drmshow::testing
