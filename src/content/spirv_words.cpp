#include "content/spirv_words.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

namespace drmshow {
namespace {

struct Capability {
  std::uint32_t number;
  std::string_view name;
  std::string_view meaning;  // to somebody who writes GLSL
};

// SPIR-V specification, 1.6, chapter 3.31.
constexpr Capability capabilities[] = {
    {2, "Geometry", "gl_Layer, gl_PrimitiveID"},
    {4, "Addresses", "OpenCL"},
    {5, "Linkage", "a part of a program"},
    {6, "Kernel", "OpenCL"},
    {9, "Float16", "numbers of 16 bits"},
    {10, "Float64", "numbers of 64 bits, as double has"},
    {11, "Int64", "integers of 64 bits"},
    {12, "Int64Atomics", "integers of 64 bits"},
    {21, "AtomicStorage", "atomic counters"},
    {22, "Int16", "integers of 16 bits"},
    {25, "ImageGatherExtended", "textures"},
    {27, "StorageImageMultisample", "images"},
    {28, "UniformBufferArrayDynamicIndexing", "buffers"},
    {29, "SampledImageArrayDynamicIndexing", "textures"},
    {30, "StorageBufferArrayDynamicIndexing", "buffers"},
    {31, "StorageImageArrayDynamicIndexing", "images"},
    {32, "ClipDistance", "gl_ClipDistance"},
    {33, "CullDistance", "gl_CullDistance"},
    {34, "ImageCubeArray", "textures"},
    {35, "SampleRateShading", "gl_SampleID, gl_SamplePosition, sample in"},
    {36, "ImageRect", "images"},
    {37, "SampledRect", "textures"},
    {39, "Int8", "integers of 8 bits"},
    {40, "InputAttachment", "subpassInput"},
    {41, "SparseResidency", "textures"},
    {42, "MinLod", "textures"},
    {44, "Image1D", "images"},
    {45, "SampledCubeArray", "textures"},
    {46, "SampledBuffer", "textures"},
    {47, "ImageBuffer", "images"},
    {48, "ImageMSArray", "images"},
    {49, "StorageImageExtendedFormats", "images"},
    {55, "StorageImageReadWithoutFormat", "images"},
    {56, "StorageImageWriteWithoutFormat", "images"},
    {57, "MultiViewport", "gl_ViewportIndex"},
    {61, "GroupNonUniform", "subgroups"},
    {62, "GroupNonUniformVote", "subgroups"},
    {63, "GroupNonUniformArithmetic", "subgroups"},
    {64, "GroupNonUniformBallot", "subgroups"},
    {65, "GroupNonUniformShuffle", "subgroups"},
    {66, "GroupNonUniformShuffleRelative", "subgroups"},
    {67, "GroupNonUniformClustered", "subgroups"},
    {68, "GroupNonUniformQuad", "subgroups"},
    {4422, "FragmentShadingRateKHR", "shading rates"},
    {4423, "SubgroupBallotKHR", "subgroups"},
    {4431, "SubgroupVoteKHR", "subgroups"},
    {4439, "MultiView", "gl_ViewIndex"},
    {4472, "RayQueryKHR", "rays"},
    {5013, "StencilExportEXT", "gl_FragStencilRefARB"},
    {5055, "ShaderClockKHR", "clocks"},
    {5284, "FragmentBarycentricKHR", "gl_BaryCoordEXT"},
    {5345, "VulkanMemoryModel", "another memory model"},
    {5347, "PhysicalStorageBufferAddresses", "buffers"},
    {5363, "FragmentShaderSampleInterlockEXT", "interlocks"},
    {5378, "FragmentShaderPixelInterlockEXT", "interlocks"},
    {5379, "DemoteToHelperInvocation", "demote; discard does"},
};

}  // namespace

std::string capability_words(std::uint32_t capability) {
  const auto* const found = std::ranges::find(capabilities, capability, &Capability::number);
  if (found == std::end(capabilities)) return fmt::format("number {}", capability);
  return fmt::format("{} ({})", found->name, found->meaning);
}

}  // namespace drmshow
