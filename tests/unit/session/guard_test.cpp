// What the guard does about terminals; all that takes a virtual one is in tests/device.
#include "session/guard.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <thread>

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drm-show/fd.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

struct TestTerminal {
  UniqueFd keyboard;
  UniqueFd terminal;

  TestTerminal() {
    int master = -1;
    int slave = -1;
    EXPECT_EQ(::openpty(&master, &slave, nullptr, nullptr, nullptr), 0);
    keyboard.reset(master);
    terminal.reset(slave);
  }
  termios settings() const {
    termios now{};
    EXPECT_EQ(::tcgetattr(terminal.get(), &now), 0);
    return now;
  }
  bool echoes() const { return (settings().c_lflag & ECHO) != 0; }
};

// In a process that dies with the echo off. `known`: what the guard is started with; `late`: what
// it is told then.
void die_without_echo(const TestTerminal& tty, std::optional<termios> known,
                      std::optional<termios> late) {
  const pid_t child = ::fork();
  if (child == 0) {
    const UniqueFd nowhere{::open("/dev/null", O_WRONLY | O_CLOEXEC)};
    ::dup2(nowhere.get(), STDERR_FILENO);  // the guard says that we died
    const TtySettings terminal{tty.terminal.get(), known};
    Guard guard{-1, std::nullopt, std::span{&terminal, 1}, RecordingRescue{}};
    if (late) guard.keep({tty.terminal.get(), late});
    termios changed = tty.settings();
    changed.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(tty.terminal.get(), TCSANOW, &changed);
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
}

bool echoes_soon(const TestTerminal& tty) {
  for (int i = 0; i < 500 && !tty.echoes(); ++i) std::this_thread::sleep_for(10ms);
  return tty.echoes();
}

TEST(GuardTest, RestoresATerminal) {
  const TestTerminal tty;
  die_without_echo(tty, tty.settings(), std::nullopt);
  EXPECT_TRUE(echoes_soon(tty));
}

TEST(GuardTest, RestoresOneThatWasOursOnlyLater) {
  const TestTerminal tty;
  die_without_echo(tty, std::nullopt, tty.settings());
  EXPECT_TRUE(echoes_soon(tty));
}

TEST(GuardTest, LeavesOneAloneThatNeverWasOurs) {
  const TestTerminal tty;
  die_without_echo(tty, std::nullopt, std::nullopt);
  std::this_thread::sleep_for(100ms);
  EXPECT_FALSE(tty.echoes());
}

}  // namespace
}  // namespace drmshow
