#include "show/shader_preparation.hpp"

#include <cerrno>
#include <iterator>

#include <poll.h>

#include "base/event_fd.hpp"
#include "base/program.hpp"
#include "base/work_thread.hpp"
#include "drm-show/error.hpp"
#include "show/gpu_studio.hpp"

namespace drmshow {
namespace {

constexpr int end_patience_ms = 500;  // glslc is gone at once

struct ShaderPreparation {
  std::shared_ptr<CompiledShader> shader;
  UniqueFd give_up = make_event_fd();
  WorkThread compiler{"compile"};
};

// Which of the two is readable first.
bool first_is_sooner(int first, int second, int limit_ms) {
  pollfd wanted[] = {{.fd = first, .events = POLLIN, .revents = 0},
                     {.fd = second, .events = POLLIN, .revents = 0}};
  while (::poll(wanted, std::size(wanted), limit_ms) < 0) {
    if (errno != EINTR) throw Error{Failure::unexpected, "cannot wait", {}, errno};
  }
  return wanted[0].revents != 0;
}

}  // namespace

bool compile_unless(int end, const std::shared_ptr<CompiledShader>& shader) {
  auto preparation = std::make_unique<ShaderPreparation>();
  preparation->shader = shader;
  const int done = preparation->compiler.fd();
  const auto work = [](void* context) {
    const auto& self = *static_cast<ShaderPreparation*>(context);
    compile(*self.shader, self.give_up.get());
  };
  preparation->compiler.start({work, preparation.get()});
  if (first_is_sooner(done, end, -1)) {
    static_cast<void>(preparation->compiler.take_finished());
    return true;
  }
  raise_event(preparation->give_up);
  if (!first_is_sooner(done, -1, end_patience_ms)) {
    end_without_waiting();
    // The thread's, until the process is gone.
    [[maybe_unused]] static ShaderPreparation* const left_at_work = preparation.release();
  }
  return false;
}

}  // namespace drmshow
