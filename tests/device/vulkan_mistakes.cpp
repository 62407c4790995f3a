// Uses Vulkan as it should be, or with a mistake that the validation layer has to report: a test
// of the tests that rely on them. Prints what the driver can do with dmabufs.
//
// Usage: vulkan-mistakes none|leak|hazard
#include <cstdint>
#include <cstdio>
#include <string_view>

#include <vulkan/vulkan.h>

namespace {

/// What the mistakes are made with. Freed by nobody: each step fails the program when it fails.
struct Vulkan {
  VkInstance instance;
  VkPhysicalDevice gpu;
  VkDevice device;
  VkQueue queue;
  VkBuffer buffer;
  VkDeviceMemory memory;
};

bool make_device(Vulkan& vulkan) {
  const VkApplicationInfo application{VK_STRUCTURE_TYPE_APPLICATION_INFO,
                                      nullptr,
                                      "vulkan-mistakes",
                                      1,
                                      nullptr,
                                      0,
                                      VK_API_VERSION_1_2};
  const VkInstanceCreateInfo instance{
      VK_STRUCTURE_TYPE_INSTANCE_CREATE_INFO, nullptr, 0, &application, 0, nullptr, 0, nullptr};
  std::uint32_t count = 1;
  if (vkCreateInstance(&instance, nullptr, &vulkan.instance) != VK_SUCCESS ||
      vkEnumeratePhysicalDevices(vulkan.instance, &count, &vulkan.gpu) < VK_SUCCESS || count == 0)
    return false;
  const float priority = 1;
  const VkDeviceQueueCreateInfo queue{
      VK_STRUCTURE_TYPE_DEVICE_QUEUE_CREATE_INFO, nullptr, 0, 0, 1, &priority};
  const VkDeviceCreateInfo device{
      VK_STRUCTURE_TYPE_DEVICE_CREATE_INFO, nullptr, 0, 1, &queue, 0, nullptr, 0, nullptr, nullptr};
  if (vkCreateDevice(vulkan.gpu, &device, nullptr, &vulkan.device) != VK_SUCCESS) return false;
  vkGetDeviceQueue(vulkan.device, 0, 0, &vulkan.queue);
  return true;
}

/// lavapipe has one type of memory, which can do everything.
bool make_buffer(Vulkan& vulkan) {
  const VkBufferCreateInfo info{VK_STRUCTURE_TYPE_BUFFER_CREATE_INFO,
                                nullptr,
                                0,
                                4096,
                                VK_BUFFER_USAGE_TRANSFER_DST_BIT,
                                VK_SHARING_MODE_EXCLUSIVE,
                                0,
                                nullptr};
  const VkMemoryAllocateInfo memory{VK_STRUCTURE_TYPE_MEMORY_ALLOCATE_INFO, nullptr, 4096, 0};
  return vkCreateBuffer(vulkan.device, &info, nullptr, &vulkan.buffer) == VK_SUCCESS &&
         vkAllocateMemory(vulkan.device, &memory, nullptr, &vulkan.memory) == VK_SUCCESS &&
         vkBindBufferMemory(vulkan.device, vulkan.buffer, vulkan.memory, 0) == VK_SUCCESS;
}

void order_writes(VkCommandBuffer commands) {
  const VkMemoryBarrier barrier{VK_STRUCTURE_TYPE_MEMORY_BARRIER, nullptr,
                                VK_ACCESS_TRANSFER_WRITE_BIT, VK_ACCESS_TRANSFER_WRITE_BIT};
  vkCmdPipelineBarrier(commands, VK_PIPELINE_STAGE_TRANSFER_BIT, VK_PIPELINE_STAGE_TRANSFER_BIT, 0,
                       1, &barrier, 0, nullptr, 0, nullptr);
}

enum class Writes { ordered, unordered };

/// Two writes of the same memory, with or without anything that says which is the last.
bool write_twice(const Vulkan& vulkan, Writes writes) {
  const VkCommandPoolCreateInfo info{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO, nullptr, 0, 0};
  VkCommandPool pool = VK_NULL_HANDLE;
  if (vkCreateCommandPool(vulkan.device, &info, nullptr, &pool) != VK_SUCCESS) return false;
  const VkCommandBufferAllocateInfo one{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO, nullptr,
                                        pool, VK_COMMAND_BUFFER_LEVEL_PRIMARY, 1};
  VkCommandBuffer commands = VK_NULL_HANDLE;
  if (vkAllocateCommandBuffers(vulkan.device, &one, &commands) != VK_SUCCESS) return false;
  const VkCommandBufferBeginInfo begin{VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO, nullptr,
                                       VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT, nullptr};
  vkBeginCommandBuffer(commands, &begin);
  vkCmdFillBuffer(commands, vulkan.buffer, 0, VK_WHOLE_SIZE, 1);
  if (writes == Writes::ordered) order_writes(commands);
  vkCmdFillBuffer(commands, vulkan.buffer, 0, VK_WHOLE_SIZE, 2);
  vkEndCommandBuffer(commands);
  const VkSubmitInfo submit{
      VK_STRUCTURE_TYPE_SUBMIT_INFO, nullptr, 0, nullptr, nullptr, 1, &commands, 0, nullptr};
  const bool done = vkQueueSubmit(vulkan.queue, 1, &submit, VK_NULL_HANDLE) == VK_SUCCESS &&
                    vkQueueWaitIdle(vulkan.queue) == VK_SUCCESS;
  vkDestroyCommandPool(vulkan.device, pool, nullptr);
  return done;
}

/// 1920 x 1080 pixels as a display takes them.
void print_driver(VkPhysicalDevice gpu) {
  VkPhysicalDeviceProperties properties;
  vkGetPhysicalDeviceProperties(gpu, &properties);
  const VkPhysicalDeviceExternalImageFormatInfo external{
      VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_EXTERNAL_IMAGE_FORMAT_INFO, nullptr,
      VK_EXTERNAL_MEMORY_HANDLE_TYPE_DMA_BUF_BIT_EXT};
  const VkPhysicalDeviceImageFormatInfo2 format{
      VK_STRUCTURE_TYPE_PHYSICAL_DEVICE_IMAGE_FORMAT_INFO_2,
      &external,
      VK_FORMAT_B8G8R8A8_UNORM,
      VK_IMAGE_TYPE_2D,
      VK_IMAGE_TILING_LINEAR,
      VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT,
      0};
  VkExternalImageFormatProperties answer{
      VK_STRUCTURE_TYPE_EXTERNAL_IMAGE_FORMAT_PROPERTIES, nullptr, {}};
  VkImageFormatProperties2 whole{VK_STRUCTURE_TYPE_IMAGE_FORMAT_PROPERTIES_2, &answer, {}};
  const bool known = vkGetPhysicalDeviceImageFormatProperties2(gpu, &format, &whole) == VK_SUCCESS;
  const auto features = known ? answer.externalMemoryProperties.externalMemoryFeatures : 0U;
  std::printf("driver: %s\n", properties.deviceName);
  std::printf("dmabufs:%s%s\n",
              (features & VK_EXTERNAL_MEMORY_FEATURE_EXPORTABLE_BIT) != 0 ? " export" : "",
              (features & VK_EXTERNAL_MEMORY_FEATURE_IMPORTABLE_BIT) != 0 ? " import" : "");
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mistake = argc == 2 ? argv[1] : "";
  if (mistake != "none" && mistake != "leak" && mistake != "hazard") return 2;
  Vulkan vulkan{};
  if (!make_device(vulkan) || !make_buffer(vulkan)) return 1;
  print_driver(vulkan.gpu);
  if (!write_twice(vulkan, mistake == "hazard" ? Writes::unordered : Writes::ordered)) return 1;
  if (mistake != "leak") vkDestroyBuffer(vulkan.device, vulkan.buffer, nullptr);
  vkFreeMemory(vulkan.device, vulkan.memory, nullptr);
  vkDestroyDevice(vulkan.device, nullptr);
  vkDestroyInstance(vulkan.instance, nullptr);
  return 0;
}
