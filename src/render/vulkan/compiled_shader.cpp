#include "render/vulkan/compiled_shader.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <poll.h>

#include "content/byte_source.hpp"
#include "content/shader_source.hpp"
#include "content/spirv_check.hpp"
#include "drm-show/error.hpp"
#include "render/vulkan/shader_compiler.hpp"
#include "render/vulkan/shader_inputs.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t max_shader_file = std::max(max_shader_text, max_spirv_bytes);
constexpr auto give_up_look = 20ms;

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

bool is_given_up(int give_up) {
  pollfd wanted{.fd = give_up, .events = POLLIN, .revents = 0};
  return ::poll(&wanted, 1, 0) > 0;
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

CompiledShader::CompiledShader(std::filesystem::path file) : file_{std::move(file)} {}

CompiledShader::Words CompiledShader::good() const {
  const std::lock_guard lock{reading_};
  return good_;
}

bool CompiledShader::is_current() {
  const std::unique_lock lock{compiling_, std::try_to_lock};
  if (!lock) return false;
  try {
    return read_shader(file_) == tried_;
  } catch (const Error&) {
    return true;
  }
}

// Whoever waits for another thread's compiler gives up as that would.
void CompiledShader::compile(int give_up) {
  std::unique_lock lock{compiling_, std::defer_lock};
  while (!lock.try_lock_for(give_up_look)) {
    if (is_given_up(give_up)) return;
  }
  auto bytes = read_shader(file_);
  if (bytes == tried_) return;  // another has done it, or an editor has touched the file only
  Words words;
  try {
    words = std::make_shared<const std::vector<std::uint32_t>>(
        compile_shader_file(bytes, name(), give_up));
  } catch (const Error&) {
    if (!is_given_up(give_up)) tried_ = std::move(bytes);
    throw;
  }
  tried_ = std::move(bytes);
  const std::lock_guard reading{reading_};
  good_ = std::move(words);
}

}  // namespace drmshow
