#include "session/guard_process.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <ctime>
#include <string_view>

#include <drm.h>
#include <fcntl.h>
#include <linux/kd.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "drm-show/fd.hpp"
#include "session/privileges.hpp"
#include "session/vt_state.hpp"

namespace drmshow {
namespace {

// Not what "pkill drm-show" and "pkill -f drm-show" look for: we are the ones who clean up then.
constexpr std::string_view name{"console-guard"};

constexpr int most_pauses = 200;
constexpr int most_manager_pauses = 50;                                // it needs one
constexpr timespec pause_between{.tv_sec = 0, .tv_nsec = 10'000'000};  // 200 of them: 2 s

void rename_process(std::span<char> command_line) noexcept {
  ::prctl(PR_SET_NAME, name.data());
  if (command_line.size() <= name.size()) return;
  std::fill(command_line.begin(), command_line.end(), '\0');
  std::copy(name.begin(), name.end(), command_line.begin());
}

// If memory runs out, the big process goes first; not permitted without CAP_SYS_RESOURCE.
void be_spared_by_the_oom_killer() noexcept {
  const UniqueFd file{::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)};
  if (file) static_cast<void>(!::write(file.get(), "-1000", 5));
}

void close_between(int first, int last) noexcept {
  if (first <= last) ::syscall(SYS_close_range, first, last, 0);
}

// A pipe whose other end waits for the end of ours, a framebuffer's file: none of that is to live
// longer because of us.
void close_all_but(std::span<int> kept) noexcept {
  std::sort(kept.begin(), kept.end());
  int next = 0;
  for (const int fd : kept) {
    close_between(next, fd - 1);
    next = std::max(next, fd + 1);
  }
  ::syscall(SYS_close_range, next, ~0U, 0);
}

void close_what_is_not_needed(const GuardDuty& duty) noexcept {
  std::array<int, 5 + GuardDuty::most_terminals> kept{};
  std::size_t count = 0;
  for (const int fd : {STDERR_FILENO, duty.guarded_pidfd, duty.device, duty.connection,
                       duty.vt ? duty.vt->fd : -1}) {
    kept[count++] = fd;
  }
  for (const TtySettings& terminal : duty.terminals) kept[count++] = terminal.fd;
  close_all_but(kept);
}

void wait_for_the_end(int pidfd) noexcept {
  pollfd end{.fd = pidfd, .events = POLLIN, .revents = 0};
  while (::poll(&end, 1, -1) <= 0) {
  }
}

// Typed but unread keys do not land in the shell. Not TCSAFLUSH, which waits for output that a
// Ctrl-S may have stopped.
void restore(int terminal, const termios& settings) noexcept {
  ::tcflush(terminal, TCIFLUSH);
  ::tcsetattr(terminal, TCSANOW, &settings);
}

void restore(const TtySettings& terminal, const LateSettings& late) noexcept {
  if (terminal.settings) return restore(terminal.fd, *terminal.settings);
  if (late.known.load()) restore(terminal.fd, late.settings);
}

// Who died may have taken all memory and all files that there are, and gives them back only now.
bool passes(int errnum) noexcept {
  return errnum == ENOMEM || errnum == ENFILE || errnum == EAGAIN || errnum == EINTR;
}

int restore_patiently(const VtState& vt, VtPart part) noexcept {
  int errnum = restore_vt(vt, part).errnum;
  for (int i = 0; passes(errnum) && i < most_pauses; ++i) {
    ::nanosleep(&pause_between, nullptr);
    errnum = restore_vt(vt, part).errnum;
  }
  return errnum;
}

int restore_text(const GuardDuty& duty) noexcept {
  const int errnum = duty.vt && !duty.vt->managed ? restore_patiently(*duty.vt, VtPart::text) : 0;
  for (std::size_t i = 0; i < duty.terminal_count; ++i) {
    restore(duty.terminals[i], duty.memory->late_settings[i]);
  }
  return errnum;
}

// A manager that has died itself leaves the VT to us. So does one that dies of our end, as seatd
// 0.7 does in the middle of a switch.
int restore_after_manager(const VtState& vt) noexcept {
  for (int i = 0; i < most_manager_pauses; ++i) {
    const int mode = text_mode(vt);
    if (mode < 0) return errno;
    if (mode == KD_TEXT) return 0;
    ::nanosleep(&pause_between, nullptr);
  }
  return restore_patiently(vt, VtPart::all);
}

int give_switches_back(const VtState& vt) noexcept {
  if (vt.managed) return restore_after_manager(vt);
  const int errnum = restore_patiently(vt, VtPart::switching);
  return_from_vt(vt);
  return errnum;
}

int restore_display(const GuardDuty& duty) noexcept {
  const int current = duty.memory->current.load();
  if (current == GuardMemory::none) return 0;
  const WayBack& way = duty.memory->ways[static_cast<std::size_t>(current)];
  const int errnum = go(duty.device, way);
  if (errnum != EACCES || ::ioctl(duty.device, DRM_IOCTL_SET_MASTER, 0) != 0) return errnum;
  return go(duty.device, way);
}

// With the last descriptor of the device the kernel brings its console back by itself, if what we
// brought back was not that.
void let_go(int device) noexcept {
  ::ioctl(device, DRM_IOCTL_DROP_MASTER, 0);
  ::close(device);
}

class Line {
 public:
  void add(std::string_view text) noexcept {
    const std::size_t count = std::min(text.size(), text_.size() - size_);
    std::copy_n(text.begin(), count, text_.begin() + size_);
    size_ += count;
  }
  void add(int number) noexcept {
    const auto end = std::to_chars(text_.begin() + size_, text_.end(), number);
    size_ = static_cast<std::size_t>(end.ptr - text_.data());
  }
  std::span<const char> text() const noexcept { return {text_.data(), size_}; }

 private:
  std::array<char, 1600> text_{};  // with the path of a recording, twice
  std::size_t size_ = 0;
};

// Nobody may read it: a full pipe, a terminal stopped by Ctrl-S. A line this short fits whole if
// anything does.
void say(std::span<const char> line) noexcept {
  pollfd out{.fd = STDERR_FILENO, .events = POLLOUT, .revents = 0};
  if (::poll(&out, 1, 100) > 0 && (out.revents & POLLOUT) != 0) {
    static_cast<void>(!::write(STDERR_FILENO, line.data(), line.size()));
  }
}

void add_recording(Line& line, const RecordingRescue& recording) noexcept {
  if (!recording.wanted()) return;
  // The recording is the user's, and goes where the user may write.
  const bool saved = be_only_the_user() && save(recording) == 0;
  const auto add_path = [&] {
    if (!saved) return line.add(recording.from.data());
    line.add(recording.folder.data());
    line.add("/");
    line.add(recording.name.data());
  };
  line.add("; its recording: ");
  add_path();
  line.add(" (drm-trace summary ");
  add_path();
  line.add(")");
  if (!saved) line.add(", until the machine is started again");
}

// Its errno, where a manager has restored it for all that we may know, is of the question only.
void add_terminal(Line& line, const GuardDuty& duty, int errnum) noexcept {
  if (errnum == 0 || !duty.vt) return line.add("the terminal has been restored");
  if (duty.vt->managed) line.add("the terminal is left to the seat manager. If it stays dead");
  if (!duty.vt->managed) {
    line.add("the terminal could not be restored (errno ");
    line.add(errnum);
    line.add(")");
  }
  line.add(": sudo drm-show --rescue --tty ");
  line.add(duty.vt->number);
}

void add_display(Line& line, int errnum) noexcept {
  if (errnum == 0) return line.add("the display has been restored");
  if (errnum == EACCES) return line.add("the display was not ours any more, and stays as it is");
  line.add("the display could not be restored (errno ");
  line.add(errnum);
  line.add(")");
}

// Only a VT's restoration is known to fail.
void add_outcome(Line& line, const GuardDuty& duty, int terminal_errnum,
                 int display_errnum) noexcept {
  if (terminal_errnum == 0 && display_errnum == 0) {
    return line.add("the console has been restored");
  }
  add_display(line, display_errnum);
  line.add("; ");
  add_terminal(line, duty, terminal_errnum);
}

bool has_console(const GuardDuty& duty) noexcept {
  return duty.device >= 0 || duty.vt || duty.terminal_count > 0;
}

void report(const GuardDuty& duty, int terminal_errnum, int display_errnum) noexcept {
  Line line;
  line.add("drm-show: ended unexpectedly (pid ");
  line.add(duty.guarded);
  line.add(")");
  if (has_console(duty)) {
    line.add("; ");
    add_outcome(line, duty, terminal_errnum, display_errnum);
  }
  add_recording(line, duty.recording);
  line.add(".\n");
  say(line.text());
}

// The terminals first: that always works at once, and with the keyboard back anything else can be
// repaired by hand. The display may take a while, for a flip that is pending. Switches come last:
// whoever waits for one wants to become master with it. So does a seat manager, which restores the
// VT as soon as nobody has our connection to it.
void bring_everything_back(const GuardDuty& duty) noexcept {
  int terminal_errnum = restore_text(duty);
  int display_errnum = 0;
  if (duty.device >= 0) {
    if (!duty.memory->away.load()) display_errnum = restore_display(duty);
    let_go(duty.device);
  }
  if (duty.connection >= 0) ::close(duty.connection);
  if (duty.vt) {
    const int errnum = give_switches_back(*duty.vt);
    if (terminal_errnum == 0) terminal_errnum = errnum;
  }
  report(duty, terminal_errnum, display_errnum);
}

}  // namespace

void be_the_guard(const GuardDuty& duty) noexcept {
  // "kill %1" and Ctrl-C mean the whole process group, which therefore is another one.
  ::setpgid(0, 0);
  ::signal(SIGCHLD, SIG_DFL);  // ignored, it would hide how a child ended that has to help
  static_cast<void>(raise_privileges_for_good());  // for a terminal that has to be opened again
  rename_process(duty.command_line);
  be_spared_by_the_oom_killer();
  close_what_is_not_needed(duty);
  wait_for_the_end(duty.guarded_pidfd);
  if (!duty.memory->dismissed.load()) bring_everything_back(duty);
  ::_exit(0);
}

}  // namespace drmshow
