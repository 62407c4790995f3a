#include "render/vulkan/shader_file.hpp"

#include <algorithm>
#include <cerrno>

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

#include "content/byte_source.hpp"
#include "content/shader_source.hpp"
#include "content/spirv_check.hpp"
#include "render/vulkan/shader_compiler.hpp"
#include "render/vulkan/shader_inputs.hpp"

namespace drmshow {
namespace {

constexpr std::size_t max_shader_file = std::max(max_shader_text, max_spirv_bytes);

std::vector<std::byte> read_shader(const std::filesystem::path& file) {
  auto source = ByteSource::open(file);
  std::vector<std::byte> bytes(max_shader_file + 1);
  bytes.resize(source.read(bytes));
  if (source.errnum() != 0) {
    throw Error{Failure::bad_content, file.string() + ": cannot be read", "", source.errnum()};
  }
  if (bytes.size() > max_shader_file) {
    throw Error{Failure::bad_content,
                fmt::format("{}: is too large for a shader: the limit is {} bytes", file.string(),
                            max_shader_file),
                "Is it a shader?"};
  }
  return bytes;
}

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

}  // namespace

std::vector<std::uint32_t> compile_shader_file(std::span<const std::byte> bytes,
                                               const std::string& name, int give_up) {
  std::vector<std::uint32_t> words;
  const auto form = is_spirv(bytes) ? ShaderText::spirv : ShaderText::glsl;
  if (form == ShaderText::spirv) {
    words = spirv_words(bytes, name);
  } else {
    const std::string_view text{reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    words = compile_fragment_shader(complete_shader(text, name), name, give_up);
  }
  check_fragment_shader(words, sizeof(ShaderInputs), name, form);
  return words;
}

ShaderFileScene::ShaderFileScene(GpuTimeline& timeline, vk::Format format,
                                 std::filesystem::path file, Nanoseconds began)
    : file_{std::move(file)},
      watch_{watch_if_possible(file_, trouble_)},
      newest_{read_shader(file_)},
      scene_{timeline, format, compile_shader_file(newest_, name()), began},
      give_up_{::eventfd(0, EFD_CLOEXEC)},
      news_{::epoll_create1(EPOLL_CLOEXEC)} {
  if (!give_up_ || !news_) {
    throw Error{Failure::unexpected, "cannot make an eventfd", "", errno};
  }
  if (watch_) report(watch_->fd(), news_.get());
}

ShaderFileScene::~ShaderFileScene() {
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
  auto bytes = read_shader(file_);
  if (bytes == newest_) return;  // editors may touch a file several times
  newest_ = std::move(bytes);
  compiled_ = scene_.make_pipeline(compile_shader_file(newest_, name(), give_up_.get()));
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
