// Frames that Vulkan draws: on displays, without a copy wherever GPU and display can share memory.
//
//   drmshow::VulkanGpu gpu{device};
//   drmshow::KmsPresenter presenter{device, {}, {.images = &gpu.images()}};
//   … pipelines for vulkan_format(presenter.outputs()[i].format), made on gpu.device() …
//   drmshow::VulkanPainter painter{gpu};
//   for (;;) {
//     while (auto canvas = presenter.acquire()) {
//       auto drawn = painter.draw(*canvas, [&](const VulkanFrame& frame) { … record … });
//       presenter.submit(*canvas, std::move(drawn));
//     }
//     presenter.wait();
//   }
//
// All from one thread. libvulkan is loaded when a VulkanGpu is made; whoever calls Vulkan's
// functions by name links to it, or gets them with get_instance_proc_addr().
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <vulkan/vulkan_core.h>

#include "drm-show/device.hpp"
#include "drm-show/export.hpp"
#include "drm-show/fd.hpp"
#include "drm-show/format.hpp"
#include "drm-show/gpu_lost.hpp"
#include "drm-show/kms_presenter.hpp"
#include "drm-show/presenter.hpp"
#include "drm-show/scanout_image.hpp"
#include "drm-show/vulkan_wishes.hpp"

namespace drmshow {

/// The GPU that suits a display: instance, device and queue.
class DRMSHOW_API VulkanGpu {
 public:
  /// `display` must outlive it and stay where it is. Throws Error (gpu): no Vulkan, no such GPU, or
  /// it cannot do what is wished for.
  explicit VulkanGpu(const Device& display, const VulkanWishes& wishes = {});
  explicit VulkanGpu(Device&&, const VulkanWishes& = {}) = delete;
  /// Waits until it has nothing more to do. After presenters with images(), and painters.
  ~VulkanGpu();
  VulkanGpu(VulkanGpu&&) noexcept;
  VulkanGpu& operator=(VulkanGpu&&) = delete;

  const std::string& name() const;
  /// Why this one, for people.
  const std::string& reason() const;

  // Ours: not to be destroyed.
  VkInstance instance() const;
  VkPhysicalDevice physical_device() const;
  VkDevice device() const;
  /// For graphics, compute and transfer.
  VkQueue queue() const;
  std::uint32_t queue_family() const;
  PFN_vkGetInstanceProcAddr get_instance_proc_addr() const;

  /// For PresentOptions::images.
  ImageSource& images();
  /// Until everything is drawn. Throws GpuLost.
  void wait_idle() const;

 private:
  friend class VulkanPainter;
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// VK_FORMAT_UNDEFINED if it is none that Vulkan draws into.
DRMSHOW_API VkFormat vulkan_format(Format format);

/// A frame that is being recorded.
struct VulkanFrame {
  /// So many of each stream are on their way through the GPU at a time.
  static constexpr std::uint32_t most_jobs = 2;

  VkCommandBuffer commands = VK_NULL_HANDLE;  ///< in the recording state
  /// In COLOR_ATTACHMENT_OPTIMAL, and to be left so; what was in it is lost.
  VkImage image = VK_NULL_HANDLE;
  VkImageView view = VK_NULL_HANDLE;
  VkFormat format = VK_FORMAT_UNDEFINED;
  VkExtent2D extent{};
  std::size_t stream = 0;  ///< of the canvas
  /// Below most_jobs. What belongs to this one of this stream (uniforms, say) is not in use by the
  /// GPU any more.
  std::uint32_t job = 0;
};

/// Draws into the canvases of a presenter, whatever they are made of: images of its GPU, or dumb
/// buffers, into which it copies.
class DRMSHOW_API VulkanPainter {
 public:
  /// `gpu` must outlive it.
  explicit VulkanPainter(VulkanGpu& gpu);
  /// Waits for what it has drawn. What frames are drawn with must live until then.
  ~VulkanPainter();
  VulkanPainter(VulkanPainter&&) noexcept;
  VulkanPainter& operator=(VulkanPainter&&) = delete;

  /// Calls `record` with a VulkanFrame, once, and has drawn what it records, when `after` has
  /// signalled (a sync file of who makes what is drawn with, a decoder say; empty: at once): it
  /// must do so some time, since all that is drawn later waits, too. Gives the submission for the
  /// presenter, with a fence where drivers have them. No call allocates after a stream's first
  /// frames; while most_jobs frames of the stream are on their way, it waits for the oldest:
  /// whoever must not wait for a GPU that hangs draws in a thread. Throws GpuLost; Error (gpu);
  /// what `record` throws: the canvas is still ours to draw into then.
  template <std::invocable<const VulkanFrame&> Record>
  Submission draw(const Canvas& canvas, const Record& record, UniqueFd after = {}) {
    return draw(canvas,
                {[](const void* context, const VulkanFrame& frame) {
                   (*static_cast<const Record*>(context))(frame);
                 },
                 &record},
                std::move(after));
  }

  /// How often the processor had to wait for the GPU.
  std::uint64_t waits() const;

 private:
  struct Recorder {
    void (*call)(const void* context, const VulkanFrame& frame);
    const void* context;
  };
  Submission draw(const Canvas& canvas, Recorder recorder, UniqueFd after);

  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace drmshow
