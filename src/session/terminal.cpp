#include "session/terminal.hpp"

#include <array>
#include <cerrno>
#include <csignal>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/signals_blocked.hpp"

namespace drmshow {
namespace {

constexpr Nanoseconds background_look = std::chrono::milliseconds{500};

// Changing the settings from the background would stop us for good (SIGTTOU).
void apply(int fd, const termios& settings, int when) {
  const SignalsBlocked blocked{these_signals({SIGTTOU})};
  ::tcsetattr(fd, when, &settings);
}

bool is_controlling(int fd) {
  return ::tcgetsid(fd) == ::getsid(0);
}

bool in_foreground(int fd) {
  return ::tcgetpgrp(fd) == ::getpgrp();
}

termios for_keys(termios settings, bool controlling) {
  settings.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  settings.c_iflag &= ~static_cast<tcflag_t>(IXON);  // stopped by Ctrl-S, a message would stop us
  settings.c_cc[VMIN] = 0;                           // read() returns what there is
  settings.c_cc[VTIME] = 0;
  if (controlling) {
    // Stopped by Ctrl-Z, we would leave a display that shows our picture and takes no keys.
    settings.c_cc[VSUSP] = _POSIX_VDISABLE;
  } else {
    // The signal would not be sent to us, but perhaps to others.
    settings.c_lflag &= ~static_cast<tcflag_t>(ISIG);
  }
  return settings;
}

bool has_input(int fd) {
  pollfd one{fd, POLLIN, 0};
  return ::poll(&one, 1, 0) > 0;
}

/// Of the terminal itself: /dev/tty has a number of its own.
std::optional<unsigned> device_number(int fd) {
  unsigned number = 0;
  if (::ioctl(fd, TIOCGDEV, &number) != 0) return std::nullopt;
  return number;
}

}  // namespace

bool is_same_terminal(int a, int b) {
  const auto number = device_number(a);
  return number && number == device_number(b);
}

Terminal::Terminal(int fd, TerminalUse use) {
  if (!::isatty(fd)) return;
  ours_ = is_controlling(fd);
  if (!ours_ && use != TerminalUse::chosen) return;
  saved_.fd = fd;
  background_since_ = Clock::now() - background_look;
  is_found();
}

Terminal::~Terminal() {
  give_back();
}

void Terminal::take() {
  if (!saved_.settings || taken_) return;
  apply(saved_.fd, for_keys(*saved_.settings, ours_), TCSANOW);
  taken_ = true;
}

// Before, its settings were those of the shell or of another job.
bool Terminal::is_found(Time now) {
  if (saved_.fd < 0 || saved_.settings || !is_back(now)) return false;
  termios settings{};
  if (::tcgetattr(saved_.fd, &settings) != 0) {
    saved_.fd = -1;
    return false;
  }
  saved_.settings = settings;
  return true;
}

void Terminal::continued(Time now) {
  if (taken_) background_since_ = now - background_look;
}

void Terminal::give_back() noexcept {
  // Typed but unread keys are dropped, so that they do not land in the shell.
  if (taken_) apply(saved_.fd, *saved_.settings, TCSAFLUSH);
  taken_ = false;
}

// The shell has us in the background: to read would stop us (SIGTTIN), or fail if that is ignored.
bool Terminal::is_anothers() const {
  return ours_ && !in_foreground(saved_.fd);
}

void Terminal::read(Time now) {
  if (fd() < 0) return;
  if (is_anothers()) {
    background_since_ = now;
    return;
  }
  std::array<char, KeyDecoder::most_waiting> bytes;
  const ssize_t count = ::read(saved_.fd, bytes.data(), bytes.size());
  if (count > 0) {
    decoder_.feed({bytes.data(), static_cast<std::size_t>(count)});
    read_at_ = now;
  } else if (count < 0) {
    const bool passes = errno == EINTR || errno == EAGAIN;
    if (!passes && is_anothers()) {  // just now
      background_since_ = now;
    } else {
      ended_ = !passes;
    }
  } else {
    // Somebody may have dropped what was there; only at the end there still is "something".
    ended_ = has_input(saved_.fd);
  }
}

// Nobody tells us.
bool Terminal::is_back(Time now) {
  if (!background_since_ || now < *background_since_ + background_look) return false;
  if (is_anothers()) {
    background_since_ = now;
    return false;
  }
  background_since_.reset();
  return true;
}

// The shell has made the settings its own meanwhile.
void Terminal::look_for_foreground(Time now) {
  if (taken_ && is_back(now)) apply(saved_.fd, for_keys(*saved_.settings, ours_), TCSANOW);
}

std::optional<Time> Terminal::deadline() const {
  if (background_since_) return *background_since_ + background_look;
  if (!decoder_.undecided()) return std::nullopt;
  return read_at_ + escape_time;
}

std::optional<KeyPress> Terminal::next_key(Time now) {
  look_for_foreground(now);
  const bool decided = decoder_.undecided() && now >= read_at_ + escape_time;
  if (decided && (fd() < 0 || !has_input(saved_.fd))) decoder_.settle();
  return decoder_.next();
}

}  // namespace drmshow
