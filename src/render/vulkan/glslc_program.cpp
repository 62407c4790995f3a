// The program glslc as the compiler. It reads from and writes to files in memory, so that nobody
// has to feed it, and is ended if it takes too long.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "content/spirv_check.hpp"
#include "drm-show/error.hpp"
#include "drm-show/fd.hpp"
#include "render/vulkan/shader_compiler.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds compile_limit = 20s;
constexpr const char* program = "glslc";

[[noreturn]] void throw_no_run(int errnum) {
  throw Error{Failure::gpu, "cannot run glslc", "", errnum};
}

UniqueFd memory_file(const char* name) {
  UniqueFd file{::memfd_create(name, MFD_CLOEXEC)};
  if (!file) throw_no_run(errno);
  return file;
}

UniqueFd memory_file_with(const char* name, std::string_view text) {
  UniqueFd file = memory_file(name);
  const auto written = ::pwrite(file.get(), text.data(), text.size(), 0);
  if (written != static_cast<ssize_t>(text.size())) throw_no_run(written < 0 ? errno : ENOSPC);
  return file;
}

std::string content_of(const UniqueFd& file) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) throw_no_run(errno);
  std::string text(std::min(static_cast<std::size_t>(status.st_size), max_spirv_bytes), '\0');
  const auto count = ::pread(file.get(), text.data(), text.size(), 0);
  text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return text;
}

/// What the child's standard streams are, and that it does not inherit which signals we block.
class SpawnSetup {
 public:
  SpawnSetup(const UniqueFd& in, const UniqueFd& out, const UniqueFd& error) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, in.get(), STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, out.get(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, error.get(), STDERR_FILENO);
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
  }
  ~SpawnSetup() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;

  /// posix_spawnp()'s errno.
  int spawn(const char* const* words, pid_t& child) const {
    return ::posix_spawnp(&child, words[0], &actions_, &attributes_,
                          const_cast<char* const*>(words), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// Waits until `child` has ended, or ends it when it takes too long or `give_up` is readable; true
/// if it was content.
bool ended_well(pid_t child, int give_up) {
  const UniqueFd handle{static_cast<int>(::syscall(SYS_pidfd_open, child, 0))};
  pollfd wanted[] = {{.fd = handle.get(), .events = POLLIN, .revents = 0},
                     {.fd = give_up, .events = POLLIN, .revents = 0}};
  while (handle && ::poll(wanted, std::size(wanted), static_cast<int>(compile_limit.count())) < 0 &&
         errno == EINTR) {
  }
  if (handle && wanted[0].revents == 0) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// It calls what it reads <stdin>; each message begins with that.
std::string with_name(std::string_view messages, const std::string& name) {
  constexpr std::string_view input = "<stdin>:";
  std::string result;
  while (!messages.empty()) {
    auto line = messages.substr(0, messages.find('\n') + 1);  // npos + 1: all of it
    if (line.empty()) line = messages;
    messages.remove_prefix(line.size());
    if (line.starts_with(input)) {
      result += name + ':';
      line.remove_prefix(input.size());
    }
    result += line;
  }
  return result;
}

}  // namespace

std::optional<Compiled> compile_with_program(const std::string& glsl, const std::string& name,
                                             int give_up) {
  const UniqueFd in = memory_file_with("shader", glsl);
  const UniqueFd out = memory_file("spirv");
  const UniqueFd error = memory_file("messages");
  const char* const words[] = {
      program, "-fshader-stage=frag", "--target-env=vulkan1.3", "-O", "-w", "-o", "-", "-",
      nullptr};
  pid_t child = -1;
  const int errnum = SpawnSetup{in, out, error}.spawn(words, child);
  if (errnum == ENOENT) return std::nullopt;
  if (errnum != 0) throw_no_run(errnum);
  if (!ended_well(child, give_up)) {
    const std::string messages = with_name(content_of(error), name);
    return Compiled{{}, messages.empty() ? name + ": glslc fails, or takes too long" : messages};
  }
  const std::string bytes = content_of(out);
  return Compiled{spirv_words(std::as_bytes(std::span{bytes}), name), {}};
}

}  // namespace drmshow
