#include "session/terminal.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <unistd.h>

namespace drmshow {
namespace {

constexpr char escape = '\x1b';

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
  ::tcsetattr(STDIN_FILENO, TCSANOW, &settings);
}

Terminal::~Terminal() {
  // Typed but unread keys are dropped, so that they do not land in the shell.
  if (saved_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &*saved_);
}

int Terminal::fd() const {
  return saved_ && !ended_ ? STDIN_FILENO : -1;
}

Key Terminal::read_key() {
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
  if (keys == std::string_view{&escape, 1}) return Key::quit;
  // An escape sequence arrives in one read and may contain any letter: only look before it.
  const std::string_view plain = keys.substr(0, keys.find(escape));
  return plain.find_first_of("qQ") == std::string_view::npos ? Key::other : Key::quit;
}

}  // namespace drmshow
