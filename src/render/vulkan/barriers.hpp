// What has to be done before an image is used in another way. Pure, but for recording it.
#pragma once

#include "render/vulkan/gpu.hpp"

namespace drmshow {

/// An image about to be drawn into, with whatever in it. Waits for what was drawn into or read from
/// it by earlier work, and for semaphores that wait at eColorAttachmentOutput.
vk::ImageMemoryBarrier2 to_drawing(vk::Image image);
/// A drawn image about to be sampled by a fragment shader.
vk::ImageMemoryBarrier2 to_sampling(vk::Image image);
/// A drawn image about to be copied.
vk::ImageMemoryBarrier2 to_copying(vk::Image image);
/// A drawn image about to be shown: the display's, which reads it next. Drawing into it again
/// starts with to_drawing(), for which nobody has to give it back: what was in it is not kept.
vk::ImageMemoryBarrier2 to_display(const Gpu& gpu, vk::Image image);

/// Between two passes that draw into the same image.
vk::MemoryBarrier2 between_passes();
/// Between copying into a buffer and its being read by the CPU.
vk::MemoryBarrier2 to_reading();

void record_barrier(const vk::raii::CommandBuffer& commands,
                    const vk::ImageMemoryBarrier2& barrier);
void record_barrier(const vk::raii::CommandBuffer& commands, const vk::MemoryBarrier2& barrier);

}  // namespace drmshow
