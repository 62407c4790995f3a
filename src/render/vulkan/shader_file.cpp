#include "render/vulkan/shader_file.hpp"

#include <cerrno>
#include <utility>

#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace drmshow {
namespace {

std::optional<FileWatch> watch_if_possible(const std::filesystem::path& file,
                                           std::optional<Error>& trouble) {
  try {
    return std::optional<FileWatch>{std::in_place, file};
  } catch (const Error& error) {
    trouble = error;
    return std::nullopt;
  }
}

// Makes `to`, an epoll descriptor, readable when `fd` is.
void report(int fd, int to) {
  epoll_event event{.events = EPOLLIN, .data = {}};
  if (::epoll_ctl(to, EPOLL_CTL_ADD, fd, &event) != 0) {
    throw Error{Failure::unexpected, "cannot watch a descriptor", "", errno};
  }
}

CompiledShader::Words good_of(CompiledShader& shader) {
  if (!shader.good()) shader.compile();
  auto good = shader.good();
  if (good) return good;
  throw Error{Failure::bad_content, shader.name() + ": did not compile before"};
}

}  // namespace

ShaderFileScene::ShaderFileScene(GpuTimeline& timeline, vk::Format format,
                                 std::shared_ptr<CompiledShader> shader, Nanoseconds began)
    : shader_{std::move(shader)},
      watch_{watch_if_possible(shader_->file(), trouble_)},
      words_{good_of(*shader_)},
      scene_{timeline, format, *words_, began},
      give_up_{::eventfd(0, EFD_CLOEXEC)},
      news_{::epoll_create1(EPOLL_CLOEXEC)} {
  if (!give_up_ || !news_) {
    throw Error{Failure::unexpected, "cannot make an eventfd", "", errno};
  }
  if (watch_) report(watch_->fd(), news_.get());
  if (!shader_->is_current()) start_compiling();  // it was edited before it was watched
}

ShaderFileScene::ShaderFileScene(GpuTimeline& timeline, vk::Format format,
                                 std::filesystem::path file, Nanoseconds began)
    : ShaderFileScene{timeline, format, std::make_shared<CompiledShader>(std::move(file)), began} {}

ShaderFileScene::~ShaderFileScene() {
  give_up();
}

void ShaderFileScene::give_up() {
  static_cast<void>(::eventfd_write(give_up_.get(), 1));
}

void ShaderFileScene::record(const vk::raii::CommandBuffer& commands, const RenderTarget& target,
                             int job, const Moment& now) {
  scene_.record(commands, target, job, now);
}

bool ShaderFileScene::refresh() {
  const bool taken = compiler_ && take_compiled();
  if (watch_ && watch_->changed()) edited_ = true;
  if (edited_ && !(compiler_ && compiler_->busy())) start_compiling();
  return taken;
}

void ShaderFileScene::start_compiling() {
  if (!compiler_) {
    compiler_.emplace("compile");
    report(compiler_->fd(), news_.get());
  }
  edited_ = false;
  compiler_->start({[](void* scene) { static_cast<ShaderFileScene*>(scene)->compile(); }, this});
}

// In the thread.
void ShaderFileScene::compile() {
  shader_->compile(give_up_.get());
  auto good = shader_->good();
  if (good == words_) return;
  compiled_ = scene_.make_pipeline(*good);
  words_ = std::move(good);
}

bool ShaderFileScene::take_compiled() {
  try {
    if (!compiler_->take_finished() || !compiled_) return false;
  } catch (const Error& error) {
    trouble_ = error;
    return false;
  }
  scene_.replace(*std::exchange(compiled_, std::nullopt));
  trouble_.reset();
  return true;
}

}  // namespace drmshow
