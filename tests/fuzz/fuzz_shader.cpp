// Shaders from hostile bytes, up to what goes to the compiler or to the driver: text made complete,
// SPIR-V checked. Only Error may come out, and only for bad content.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>

#include "content/shader_source.hpp"
#include "content/spirv_check.hpp"
#include "drm-show/error.hpp"

namespace {

using namespace drmshow;

constexpr std::uint32_t push_bytes = 60;

template <class Call>
void allow_bad_content(const Call& call) {
  try {
    call();
  } catch (const Error& error) {
    if (error.failure() != Failure::bad_content) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span{data, size});
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  allow_bad_content([&] {
    const std::string whole = complete_shader(text, "fuzz");
    if (whole.size() < size && !text.starts_with("\xef\xbb\xbf")) std::abort();
  });
  allow_bad_content([&] { check_fragment_shader(spirv_words(bytes, "fuzz"), push_bytes, "fuzz"); });
  return 0;
}
