#include "gpu_testing.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "drm-show/error.hpp"
#include "render/vulkan/shader_file.hpp"

namespace drmshow::testing {
namespace {

constexpr const char* validation_layer = "VK_LAYER_KHRONOS_validation";

bool has_validation() {
  const vk::raii::Context context;
  return std::ranges::any_of(context.enumerateInstanceLayerProperties(), [](const auto& layer) {
    return std::strcmp(layer.layerName, validation_layer) == 0;
  });
}

/// Has the layers write what they find into a file of a folder that ends with this.
class Validation {
 public:
  Validation() : folder_{::testing::TempDir() + "drm-show-validation-XXXXXX"} {
    if (::mkdtemp(folder_.data()) == nullptr) std::abort();
    std::ofstream{folder_ + "/vk_layer_settings.txt"}
        << "khronos_validation.enables = "
           "VK_VALIDATION_FEATURE_ENABLE_SYNCHRONIZATION_VALIDATION_EXT\n"
           "khronos_validation.debug_action = VK_DBG_LAYER_ACTION_LOG_MSG\n"
           "khronos_validation.report_flags = error,warn,perf\n"
        << "khronos_validation.log_filename = " << log() << '\n';
    ::setenv("VK_LAYER_SETTINGS_PATH", folder_.c_str(), 1);
    ::setenv("VK_INSTANCE_LAYERS", validation_layer, 1);
  }
  ~Validation() { std::filesystem::remove_all(folder_); }
  Validation(const Validation&) = delete;
  Validation& operator=(const Validation&) = delete;

  std::string said() const {
    std::ifstream file{log()};
    return {std::istreambuf_iterator<char>{file}, {}};
  }

 private:
  std::string log() const { return folder_ + "/log"; }
  std::string folder_;
};

struct Drawing {
  Gpu gpu;
  GpuTimeline timeline{gpu};
};
std::unique_ptr<Drawing> drawing;  // from the beginning of main() till its end

constexpr std::string_view level_shader = R"(
void mainImage(out vec4 colour, in vec2 place) {
  ivec2 at = ivec2(place.x, iResolution.y - place.y);
  colour = vec4(at.x & 255, at.y & 255, (at.x * 7 + at.y * 3) & 255, 0) / 255.0;
}
)";

}  // namespace

const Gpu& test_gpu() {
  return drawing->gpu;
}

GpuTimeline& test_timeline() {
  return drawing->timeline;
}

std::vector<std::uint32_t> compiled(std::string_view text) {
  return compile_shader_file(std::as_bytes(std::span{text}), "test.frag");
}

std::unique_ptr<Scene> level_scene() {
  return std::make_unique<ShaderScene>(test_timeline(), golden::pixel_format,
                                       compiled(level_shader), Nanoseconds{0});
}

Pixel level_pixel(int x, int y) {
  return rgb(static_cast<unsigned>(x), static_cast<unsigned>(y),
             static_cast<unsigned>(x * 7 + y * 3));
}

}  // namespace drmshow::testing

int main(int argc, char** argv) {
  using namespace drmshow::testing;
  ::testing::InitGoogleTest(&argc, argv);
  constexpr int skipped = 77;  // for meson
  std::unique_ptr<Validation> validation;
  try {
    if (has_validation()) validation = std::make_unique<Validation>();
    drawing = std::make_unique<Drawing>();
  } catch (const std::exception& error) {
    std::printf("skipped: %s\n", error.what());
    return skipped;
  }
  std::printf("%s, %s\n", test_gpu().traits().name.c_str(),
              validation ? "validated" : "without validation layers");
  int result = RUN_ALL_TESTS();
  drawing.reset();
  if (validation && !validation->said().empty()) {
    std::printf("The validation layers say:\n%s\n", validation->said().c_str());
    result = EXIT_FAILURE;
  }
  return result;
}
