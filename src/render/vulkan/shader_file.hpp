// A shader from a file: GLSL or SPIR-V, compiled here and now, and again whenever the file changes.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "base/work_thread.hpp"
#include "content/file_watch.hpp"
#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"
#include "render/vulkan/compiled_shader.hpp"
#include "render/vulkan/shader_scene.hpp"

namespace drmshow {

/// Compilers take their time: what is edited is compiled in a thread, while what was good before is
/// shown.
class ShaderFileScene : public Scene {
 public:
  /// Shows what was good last; only if nothing was yet, the file is compiled here and now. Throws
  /// Error (bad_content, gpu) if it is not good then.
  ShaderFileScene(GpuTimeline& timeline, vk::Format format, std::shared_ptr<CompiledShader> shader,
                  Nanoseconds began);
  /// The file is for this scene alone.
  ShaderFileScene(GpuTimeline& timeline, vk::Format format, std::filesystem::path file,
                  Nanoseconds began);
  /// Ends glslc if it is at work; libshaderc and the GPU's driver cannot be ended: it waits for
  /// them.
  ~ShaderFileScene() override;

  void record(const vk::raii::CommandBuffer& commands, const RenderTarget& target, int job,
              const Moment& now) override;
  int fd() const override { return news_.get(); }
  bool refresh() override;
  /// What is at work in the thread is not wanted any more.
  void give_up();
  /// The end would not wait for that thread.
  bool idle() const { return !compiler_ || !compiler_->working(); }

  /// Why the file is not shown as it is now: an edit that does not compile; or that it cannot be
  /// watched for edits. Once for each; set in the beginning and by refresh().
  std::optional<Error> take_trouble() { return std::exchange(trouble_, std::nullopt); }

 private:
  void start_compiling();
  void compile();
  bool take_compiled();

  std::shared_ptr<CompiledShader> shader_;
  std::optional<Error> trouble_;
  std::optional<FileWatch> watch_;  // begun before the file is read; none where there is no inotify
  CompiledShader::Words words_;     // what is shown; the thread's while it is busy
  ShaderScene scene_;
  bool edited_ = false;                         // since it was compiled last; set by refresh()
  std::optional<vk::raii::Pipeline> compiled_;  // set by the thread; nothing if all is as it was
  UniqueFd give_up_;                            // an eventfd, for the compiler
  UniqueFd news_;                               // an epoll descriptor: of the watch and the thread
  // Has words_ and compiled_ while it is busy. Made with the first edit; ends before the others.
  std::optional<WorkThread> compiler_;
};

}  // namespace drmshow
