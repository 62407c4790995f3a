// A user of the library's Vulkan part: each output is one colour, with a box of another in its
// middle, in the same place in all frames, of which there are a few. Looks up Vulkan's functions by
// itself. Ends with SIGTERM.
//
// Usage: paint [WISH]   of drm-show(1), --gpu
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include <poll.h>

#include "drm-show/vulkan.hpp"
#include "sw_sync.hpp"

namespace {

using drmshow::VulkanFrame;

volatile std::sig_atomic_t stopped = 0;

constexpr int most_frames = 20;
constexpr int first_frames = 5;  // more than there are jobs

constexpr VkClearColorValue sea{{0, 0, 1, 1}};
constexpr VkClearColorValue sun{{1, 1, 0, 1}};

template <class Function>
Function find(const drmshow::VulkanGpu& gpu, const char* name) {
  const auto function =
      reinterpret_cast<Function>(gpu.get_instance_proc_addr()(gpu.instance(), name));
  if (!function) throw std::runtime_error{name};
  return function;
}

class Brush {
 public:
  explicit Brush(const drmshow::VulkanGpu& gpu)
      : begin_{find<PFN_vkCmdBeginRendering>(gpu, "vkCmdBeginRendering")},
        clear_{find<PFN_vkCmdClearAttachments>(gpu, "vkCmdClearAttachments")},
        end_{find<PFN_vkCmdEndRendering>(gpu, "vkCmdEndRendering")} {}

  void record(const VulkanFrame& frame) const {
    VkRenderingAttachmentInfo colour{};
    colour.sType = VK_STRUCTURE_TYPE_RENDERING_ATTACHMENT_INFO;
    colour.imageView = frame.view;
    colour.imageLayout = VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL;
    colour.loadOp = VK_ATTACHMENT_LOAD_OP_CLEAR;
    colour.storeOp = VK_ATTACHMENT_STORE_OP_STORE;
    colour.clearValue.color = sea;
    VkRenderingInfo rendering{};
    rendering.sType = VK_STRUCTURE_TYPE_RENDERING_INFO;
    rendering.renderArea.extent = frame.extent;
    rendering.layerCount = 1;
    rendering.colorAttachmentCount = 1;
    rendering.pColorAttachments = &colour;
    begin_(frame.commands, &rendering);
    const VkClearAttachment box{VK_IMAGE_ASPECT_COLOR_BIT, 0, {sun}};
    const auto [width, height] = frame.extent;
    const VkClearRect where{
        {{static_cast<int>(width / 4), static_cast<int>(height / 4)}, {width / 2, height / 2}},
        0,
        1};
    clear_(frame.commands, 1, &box, 1, &where);
    end_(frame.commands);
  }

 private:
  PFN_vkCmdBeginRendering begin_;
  PFN_vkCmdClearAttachments clear_;
  PFN_vkCmdEndRendering end_;
};

// What the user throws comes out, and the canvas can be drawn into after that.
void throw_in_the_middle(drmshow::VulkanPainter& painter, const drmshow::Canvas& canvas) {
  try {
    static_cast<void>(painter.draw(canvas, [](const VulkanFrame&) { throw 1; }));
    throw std::runtime_error{"what the user throws is lost"};
  } catch (int) {
  }
}

// A frame that is drawn with what somebody else is still making.
drmshow::Submission draw_after_a_while(drmshow::VulkanPainter& painter,
                                       const drmshow::Canvas& canvas, const Brush& brush) {
  using namespace std::chrono_literals;
  static constexpr auto a_while = 200ms;
  const SwSync other;
  const auto begin = drmshow::Clock::now();
  std::jthread maker{[&other] {
    std::this_thread::sleep_for(a_while);
    other.advance(1);
  }};
  auto drawn = painter.draw(
      canvas, [&](const VulkanFrame& frame) { brush.record(frame); }, other.fence(1));
  pollfd fence{.fd = drawn.fence.get(), .events = POLLIN, .revents = 0};
  if (drawn.fence && ::poll(&fence, 1, 5000) != 1) throw std::runtime_error{"it is never drawn"};
  if (drmshow::Clock::now() - begin < a_while) throw std::runtime_error{"it is drawn too soon"};
  return drawn;
}

void say(const std::string& text) {
  std::printf("%s\n", text.c_str());
  std::fflush(stdout);
}

void paint(const drmshow::Device& device, const char* gpu_wish) {
  drmshow::VulkanWishes wishes;
  wishes.gpu = gpu_wish;
  wishes.extensions = {VK_KHR_EXTERNAL_MEMORY_FD_EXTENSION_NAME};  // which it has for itself, too
  wishes.features12.hostQueryReset = VK_TRUE;
  drmshow::VulkanGpu gpu{device, wishes};
  drmshow::KmsPresenter presenter{device, {}, {.images = &gpu.images()}};
  drmshow::VulkanPainter painter{gpu};
  const Brush brush{gpu};
  int frames = 0;
  while (!stopped) {
    while (const auto canvas = frames < most_frames ? presenter.acquire() : std::nullopt) {
      if (++frames <= first_frames) throw_in_the_middle(painter, *canvas);
      presenter.submit(*canvas,
                       frames == first_frames + 1
                           ? draw_after_a_while(painter, *canvas, brush)
                           : painter.draw(*canvas, [&](const VulkanFrame& f) { brush.record(f); }));
      if (frames == most_frames) say("Showing " + to_string(presenter.image_way(0)));
    }
    presenter.wait({}, drmshow::Clock::now() + std::chrono::milliseconds{100});
  }
  gpu.wait_idle();
}

}  // namespace

int main(int argc, char** argv) try {
  std::signal(SIGTERM, [](int) { stopped = 1; });
  const auto device = drmshow::Device::open();
  paint(device, argc > 1 ? argv[1] : "");
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
