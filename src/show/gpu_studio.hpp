// Drawing with Vulkan, without a word of Vulkan: what the rest of drm-show needs of it. Where
// drm-show was built without, all of this throws.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <sys/types.h>

#include "drm-show/device.hpp"
#include "drm-show/scanout_image.hpp"
#include "show/artist.hpp"
#include "show/content.hpp"
#include "show/options.hpp"

namespace drmshow {

/// A shader file as SPIR-V, for whatever GPU.
class CompiledShader;

/// A GPU, and what is made with it. Outlives all of that.
class GpuStudio {
 public:
  virtual ~GpuStudio() = default;

  /// "llvmpipe (LLVM 15.0.6, 256 bits): there is no other, the processor draws"
  virtual std::string description() const = 0;
  /// Makes framebuffers' memory; nullptr where nobody else sees it.
  virtual ImageSource* images() = 0;
  /// Draws what the options say, on a spot. `format`, `rung`: of the framebuffers there. Throws
  /// Error: bad_content, usage, gpu.
  virtual std::unique_ptr<Artist> make_artist(const Options& options, const Spot& spot,
                                              Format format, ImageRung rung) = 0;
  /// To end it would not mean to wait for the GPU.
  virtual bool idle() const = 0;
};

/// Where what is drawn goes: the display of a device; or to a compositor, which draws with another
/// device (0: who knows which); or nowhere.
struct GpuPlace {
  const Device* display = nullptr;
  std::optional<dev_t> compositor{};
  std::shared_ptr<CompiledShader> shader{};  ///< what shader_file_of() gave, compiled
};

/// The shader file that the options name, to be compiled; nullptr if they name none.
std::shared_ptr<CompiledShader> shader_file_of(const Options& options);
/// Throws Error (bad_content, gpu). `give_up`: a descriptor that is readable when nobody wants it
/// any more.
void compile(CompiledShader& shader, int give_up);

/// With the GPU that suits this place; options.gpu may choose. Throws Error (gpu).
std::shared_ptr<GpuStudio> open_gpu_studio(const Options& options, const GpuPlace& place);

/// Throws Error (usage) with suggestions if there is no such shader or scene.
void check_vulkan_names(const Options& options);
/// A line for each built-in shader. Throws Error (gpu) without Vulkan.
std::string list_shaders();
/// The built-in shader that comes `steps` after this one, round and round; the same if it is none.
std::string shader_after(const std::string& shader, int steps);

}  // namespace drmshow
