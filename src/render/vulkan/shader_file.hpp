// A shader from a file: GLSL or SPIR-V, compiled here and now, and again whenever the file changes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/work_thread.hpp"
#include "content/file_watch.hpp"
#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"
#include "render/vulkan/shader_scene.hpp"

namespace drmshow {

/// The fragment shader in a file's `bytes`, in one of the forms of content/shader_source.hpp or as
/// SPIR-V, ready for ShaderScene. `name`: for errors. Throws Error (bad_content; gpu: there is no
/// compiler). `give_up`: see compile_fragment_shader().
std::vector<std::uint32_t> compile_shader_file(std::span<const std::byte> bytes,
                                               const std::string& name, int give_up = -1);

/// Compilers take their time: what is edited is compiled in a thread, while what was good before is
/// shown.
class ShaderFileScene : public Scene {
 public:
  /// Throws Error (bad_content, gpu) if the file is not good to begin with.
  ShaderFileScene(GpuTimeline& timeline, vk::Format format, std::filesystem::path file,
                  Nanoseconds began);
  /// Ends glslc if it is at work; libshaderc and the GPU's driver cannot be ended: it waits for
  /// them.
  ~ShaderFileScene() override;

  void record(const vk::raii::CommandBuffer& commands, const RenderTarget& target, int job,
              const Moment& now) override;
  int fd() const override { return news_.get(); }
  bool refresh() override;

  /// Why the file is not shown as it is now: an edit that does not compile; or that it cannot be
  /// watched for edits. Once for each; set in the beginning and by refresh().
  std::optional<Error> take_trouble() { return std::exchange(trouble_, std::nullopt); }

 private:
  std::string name() const { return file_.filename().string(); }
  void start_compiling();
  void compile();
  bool take_compiled();

  std::filesystem::path file_;
  std::optional<Error> trouble_;
  std::optional<FileWatch> watch_;  // begun before the file is read; none where there is no inotify
  std::vector<std::byte> newest_;   // the bytes that were tried last
  ShaderScene scene_;
  bool edited_ = false;                         // since it was compiled last; set by refresh()
  std::optional<vk::raii::Pipeline> compiled_;  // set by the thread; nothing if all is as it was
  UniqueFd give_up_;                            // an eventfd, for the compiler
  UniqueFd news_;                               // an epoll descriptor: of the watch and the thread
  // Has newest_ and compiled_ while it is busy. Made with the first edit; ends before the others.
  std::optional<WorkThread> compiler_;
};

}  // namespace drmshow
