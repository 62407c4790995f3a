#include "trace/run_capture.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "trace/run_child.hpp"
#include "trace/tracefs.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

// A ring of 1 MiB lasts some thousand frames. At first it is looked for more often: a program may
// show one frame and end.
constexpr auto read_every = 50ms;
constexpr auto look_every = 4ms;
constexpr auto look_for = 2s;
constexpr auto linger = 200ms;  // for output of those that the program has left behind

constexpr std::array forwarded{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

/// Signals come through a descriptor as long as it lives.
class RunSignals {
 public:
  RunSignals() {
    sigset_t taken;
    ::sigemptyset(&taken);
    for (const int signal : forwarded) ::sigaddset(&taken, signal);
    ::sigaddset(&taken, SIGCHLD);
    ::sigaddset(&taken, SIGWINCH);
    ::sigaddset(&taken, SIGPIPE);
    ::sigprocmask(SIG_BLOCK, &taken, &before_);
    fd_.reset(::signalfd(-1, &taken, SFD_CLOEXEC | SFD_NONBLOCK));
  }
  ~RunSignals() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }
  RunSignals(const RunSignals&) = delete;
  RunSignals& operator=(const RunSignals&) = delete;

  int fd() const { return fd_.get(); }
  const sigset_t& before() const { return before_; }

  // A terminal's Ctrl-C goes to the program too: it has it already.
  void forward(const RunChild& child) const {
    signalfd_siginfo info{};
    while (::read(fd_.get(), &info, sizeof info) == sizeof info) {
      const auto signal = static_cast<int>(info.ssi_signo);
      if (signal == SIGWINCH) child.copy_window_size();
      const bool ours = signal == SIGCHLD || signal == SIGWINCH || signal == SIGPIPE;
      if (!ours && info.ssi_code != SI_KERNEL) child.send(signal);
    }
  }

 private:
  sigset_t before_{};
  UniqueFd fd_;
};

void pass_on(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EAGAIN) {
      pollfd wait{fd, POLLOUT, 0};
      ::poll(&wait, 1, -1);
      continue;
    }
    if (written < 0) return;  // nobody wants it any more; we record it all the same
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void keep_line(BoundedLog<SaidLine>& lines, std::string_view text, Time time) {
  lines.add({time, std::string{text}});
}

class RunListener {
 public:
  RunListener(const RunWishes& wishes, RunCapture& capture);
  void run();

 private:
  void start_kernel_trace();
  bool ask_for_protocol() const;
  void take_out(std::string_view bytes);
  void take_err(std::string_view bytes);
  void take_err_line(std::string_view line, Time time);
  void take_kernel_line(std::string_view line);
  void read_kernel();
  void read_what_is_due();
  bool listen();
  void drain();

  const RunWishes& wishes_;
  RunCapture& capture_;
  RunSignals signals_;
  std::optional<KernelTrace> kernel_;
  bool protocol_ = false;
  LineSplitter kernel_lines_;
  LineSplitter out_lines_;
  LineSplitter err_lines_;
  std::optional<RunChild> child_;
  Time begin_ = Clock::now();
  Time read_at_{};
};

RunListener::RunListener(const RunWishes& wishes, RunCapture& capture)
    : wishes_{wishes},
      capture_{capture},
      kernel_lines_{[this](std::string_view line, Time) { take_kernel_line(line); }},
      out_lines_{[this](std::string_view line, Time time) { keep_line(capture_.out, line, time); }},
      err_lines_{[this](std::string_view line, Time time) { take_err_line(line, time); }} {
  if (wishes.kernel) start_kernel_trace();
  protocol_ = ask_for_protocol();
  if (protocol_) ::setenv("WAYLAND_DEBUG", "client", 1);
  child_.emplace(wishes.command, signals_.before());
  capture.recordings.emplace(child_->pid());
}

void RunListener::start_kernel_trace() {
  try {
    kernel_.emplace();
    capture_.tracepoints = kernel_->events();
  } catch (const Error& error) {
    capture_.no_kernel = error.what();
  }
}

// Where there is a compositor. If the user has asked for messages, they are his to read.
bool RunListener::ask_for_protocol() const {
  const bool compositor = std::getenv("WAYLAND_DISPLAY") || std::getenv("WAYLAND_SOCKET");
  return wishes_.protocol && compositor && !std::getenv("WAYLAND_DEBUG");
}

void RunListener::take_kernel_line(std::string_view line) {
  capture_.lost_events += lost_kernel_events(line);
  auto event = parse_kernel_event(line);
  if (!event) return;
  if (capture_.events.size() < RunCapture::most_events) {
    capture_.events.push_back(std::move(*event));
  } else {
    ++capture_.lost_events;
  }
}

void RunListener::read_kernel() {
  if (!kernel_) return;
  kernel_->read([this](std::string_view bytes) { kernel_lines_.add(bytes, Time{}); });
}

void RunListener::take_out(std::string_view bytes) {
  out_lines_.add(bytes, Clock::now());
  pass_on(STDOUT_FILENO, bytes);
}

// Messages that we have asked for are not the user's to read: then it comes by lines.
void RunListener::take_err(std::string_view bytes) {
  err_lines_.add(bytes, Clock::now());
  if (!protocol_) pass_on(STDERR_FILENO, bytes);
}

void RunListener::take_err_line(std::string_view line, Time time) {
  if (auto message = parse_protocol_line(line, time)) {
    capture_.messages.add(std::move(*message));
    if (protocol_) return;
  } else {
    keep_line(capture_.err, line, time);
  }
  if (protocol_) pass_on(STDERR_FILENO, std::string{line} + "\n");
}

/// False once nobody can say anything more.
template <class Take>
bool read_output(UniqueFd& fd, const Take& take) {
  std::array<char, 16384> piece;
  const ssize_t count = ::read(fd.get(), piece.data(), piece.size());
  if (count > 0) {
    take(std::string_view{piece.data(), static_cast<std::size_t>(count)});
    return true;
  }
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  fd.reset();  // the end; a terminal says EIO
  return false;
}

// Not more often than need be: it runs beside the program, which is not to notice.
void RunListener::read_what_is_due() {
  const Time now = Clock::now();
  if (now < read_at_) return;
  capture_.recordings->follow();
  read_kernel();
  const bool looking = capture_.recordings->files().empty() && now < begin_ + look_for;
  read_at_ = Clock::now() + (looking ? look_every : read_every);
}

// False once the program has ended.
bool RunListener::listen() {
  std::array polled{pollfd{signals_.fd(), POLLIN, 0}, pollfd{child_->out().get(), POLLIN, 0},
                    pollfd{child_->err().get(), POLLIN, 0}};
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(read_at_ - Clock::now());
  ::poll(polled.data(), polled.size(), std::max(0, static_cast<int>(wait.count())));
  if (polled[0].revents != 0) signals_.forward(*child_);
  if (polled[1].revents != 0)
    read_output(child_->out(), [this](std::string_view bytes) { take_out(bytes); });
  if (polled[2].revents != 0)
    read_output(child_->err(), [this](std::string_view bytes) { take_err(bytes); });
  read_what_is_due();
  return !child_->ended();
}

// What it said last, and what those say who have its output still.
void RunListener::drain() {
  const Time end = Clock::now() + linger;
  while ((child_->out() || child_->err()) && Clock::now() < end) {
    std::array polled{pollfd{child_->out().get(), POLLIN, 0},
                      pollfd{child_->err().get(), POLLIN, 0}};
    ::poll(polled.data(), polled.size(), 20);
    if (polled[0].revents != 0)
      read_output(child_->out(), [this](std::string_view bytes) { take_out(bytes); });
    if (polled[1].revents != 0)
      read_output(child_->err(), [this](std::string_view bytes) { take_err(bytes); });
  }
  out_lines_.finish();
  err_lines_.finish();
  capture_.recordings->follow();
  capture_.recordings->finish();
  if (kernel_) kernel_->stop();
  read_kernel();
  kernel_lines_.finish();
}

void RunListener::run() {
  while (listen()) continue;
  drain();
  capture_.exit_code = child_->ended().value_or(0);
}

}  // namespace

RunCapture run_and_capture(const RunWishes& wishes) {
  RunCapture capture;
  RunListener{wishes, capture}.run();
  return capture;
}

}  // namespace drmshow
