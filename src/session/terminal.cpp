#include "session/terminal.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <string_view>

#include <pthread.h>
#include <unistd.h>

namespace drmshow {
namespace {

constexpr char escape = '\x1b';

// Changing the settings from the background would stop us for good (SIGTTOU).
void apply(const termios& settings, int when) {
  sigset_t tty_output;
  sigset_t previous;
  sigemptyset(&tty_output);
  sigaddset(&tty_output, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &tty_output, &previous);
  ::tcsetattr(STDIN_FILENO, when, &settings);
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
}

bool in_foreground() {
  return ::isatty(STDIN_FILENO) && ::tcgetpgrp(STDIN_FILENO) == ::getpgrp();
}

}  // namespace

Terminal::Terminal() {
  termios settings{};
  if (!in_foreground() || ::tcgetattr(STDIN_FILENO, &settings) != 0) return;
  saved_ = settings;
  settings.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  settings.c_cc[VMIN] = 0;  // read() returns what there is
  settings.c_cc[VTIME] = 0;
  // Stopped by Ctrl-Z, we would leave a display that shows our picture and takes no keys.
  settings.c_cc[VSUSP] = _POSIX_VDISABLE;
  apply(settings, TCSANOW);
}

Terminal::~Terminal() {
  // Typed but unread keys are dropped, so that they do not land in the shell.
  if (saved_) apply(*saved_, TCSAFLUSH);
}

int Terminal::fd() const {
  return saved_ && !ended_ ? STDIN_FILENO : -1;
}

Key Terminal::read_key() {
  if (!in_foreground()) {  // a read would stop us (SIGTTIN)
    ended_ = true;
    return Key::other;
  }
  std::array<char, 64> bytes;
  const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
  if (count <= 0) {
    ended_ = true;
    return Key::other;
  }
  return interpret_keys(bytes.data(), static_cast<std::size_t>(count));
}

Key interpret_keys(const char* bytes, std::size_t count) {
  const std::string_view keys{bytes, count};
  // An Esc that nothing follows, or another Esc, is the key; else it begins the escape sequence of
  // another key. That arrives in one read and may contain any letter: only look before it.
  if (keys.ends_with(escape) || keys.find("\x1b\x1b") != std::string_view::npos) return Key::quit;
  const std::string_view plain = keys.substr(0, keys.find(escape));
  return plain.find_first_of("qQ") == std::string_view::npos ? Key::other : Key::quit;
}

}  // namespace drmshow
