#include "trace/run_child.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

struct Channel {
  UniqueFd ours;
  UniqueFd theirs;
};

void copy_size(int from, int to) {
  winsize size{};
  if (::ioctl(from, TIOCGWINSZ, &size) == 0) ::ioctl(to, TIOCSWINSZ, &size);
}

// What is written into it comes out as it is: the real terminal does what has to be done to it.
Channel open_terminal(int like) {
  Channel channel;
  channel.ours.reset(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC));
  std::array<char, 64> name{};
  const bool made = channel.ours && ::grantpt(channel.ours.get()) == 0 &&
                    ::unlockpt(channel.ours.get()) == 0 &&
                    ::ptsname_r(channel.ours.get(), name.data(), name.size()) == 0;
  if (made) channel.theirs.reset(::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC));
  termios settings{};
  if (!channel.theirs || ::tcgetattr(channel.theirs.get(), &settings) != 0) return {};
  ::cfmakeraw(&settings);
  ::tcsetattr(channel.theirs.get(), TCSANOW, &settings);
  copy_size(like, channel.theirs.get());
  return channel;
}

Channel open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw Error{Failure::unexpected, "cannot make a pipe", {}, errno};
  return {UniqueFd{ends[0]}, UniqueFd{ends[1]}};
}

Channel open_channel(int like) {
  Channel channel;
  if (::isatty(like) == 1) channel = open_terminal(like);
  if (!channel.ours) channel = open_pipe();
  ::fcntl(channel.ours.get(), F_SETFL, O_RDONLY | O_NONBLOCK);
  return channel;
}

// Between fork and exec, in the child. `problem` gets the errno if exec fails.
[[noreturn]] void become(char* const* arguments, const Channel& out, const Channel& err,
                         const sigset_t& blocked, int problem) {
  ::dup2(out.theirs.get(), STDOUT_FILENO);
  ::dup2(err.theirs.get(), STDERR_FILENO);
  ::sigprocmask(SIG_SETMASK, &blocked, nullptr);
  ::execvp(arguments[0], arguments);
  const int errnum = errno;
  static_cast<void>(!::write(problem, &errnum, sizeof errnum));
  ::_exit(127);
}

std::vector<char*> arguments_of(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  return arguments;
}

int exit_code_of(int status) {
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

RunChild::RunChild(const std::vector<std::string>& command, const sigset_t& blocked_before) {
  const std::vector<char*> arguments = arguments_of(command);
  Channel out = open_channel(STDOUT_FILENO);
  Channel err = open_channel(STDERR_FILENO);
  Channel problem = open_pipe();
  pid_ = ::fork();
  if (pid_ < 0) throw Error{Failure::unexpected, "cannot start a process", {}, errno};
  if (pid_ == 0) become(arguments.data(), out, err, blocked_before, problem.theirs.get());
  problem.theirs.reset();
  int errnum = 0;
  // It is closed by exec.
  if (::read(problem.ours.get(), &errnum, sizeof errnum) == sizeof errnum) {
    ::waitpid(pid_, nullptr, 0);
    throw Error{errnum == EACCES ? Failure::no_permission : Failure::not_found,
                command.front() + ": cannot be run",
                {},
                errnum};
  }
  out_ = std::move(out.ours);
  err_ = std::move(err.ours);
}

RunChild::~RunChild() {
  if (pid_ > 0 && !code_) ::waitpid(pid_, nullptr, 0);
}

std::optional<int> RunChild::ended() {
  int status = 0;
  if (!code_ && ::waitpid(pid_, &status, WNOHANG) == pid_) code_ = exit_code_of(status);
  return code_;
}

void RunChild::send(int signal) const {
  if (!code_) ::kill(pid_, signal);
}

void RunChild::copy_window_size() const {
  copy_size(STDOUT_FILENO, out_.get());
  copy_size(STDERR_FILENO, err_.get());
}

}  // namespace drmshow
