// On pseudo terminals.
#include "session/terminal.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <string_view>

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include "drm-show/fd.hpp"

namespace drmshow {
namespace {

using namespace std::chrono_literals;

struct Pty {
  UniqueFd keyboard;  // what is written there was typed
  UniqueFd terminal;

  Pty() {
    int master = -1;
    int slave = -1;
    EXPECT_EQ(::openpty(&master, &slave, nullptr, nullptr, nullptr), 0);
    keyboard.reset(master);
    terminal.reset(slave);
  }
  void type(std::string_view keys) const {
    EXPECT_EQ(::write(keyboard.get(), keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }
  termios settings() const {
    termios now{};
    EXPECT_EQ(::tcgetattr(terminal.get(), &now), 0);
    return now;
  }
};

bool same(const termios& a, const termios& b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

/// Whether `check` holds in a process whose controlling terminal is `pty`.
bool holds_on(const Pty& pty, const std::function<bool()>& check) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::setsid();
    ::ioctl(pty.terminal.get(), TIOCSCTTY, 0);
    ::_exit(check() ? 0 : 1);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  return status == 0;
}

TEST(TerminalTest, IsLeftAsItWas) {
  const Pty pty;
  const termios before = pty.settings();
  Terminal terminal{pty.terminal.get(), TerminalUse::chosen};
  EXPECT_TRUE(same(pty.settings(), before));
  EXPECT_EQ(terminal.saved().fd, pty.terminal.get());
  ASSERT_TRUE(terminal.saved().settings);
  EXPECT_TRUE(same(*terminal.saved().settings, before));
  EXPECT_EQ(terminal.fd(), -1);
  terminal.take();
  EXPECT_FALSE(same(pty.settings(), before));
  EXPECT_EQ(terminal.fd(), pty.terminal.get());
  terminal.give_back();
  EXPECT_TRUE(same(pty.settings(), before));
  EXPECT_EQ(terminal.fd(), -1);
}

TEST(TerminalTest, CtrlCIsAKeyWhereItWouldEndOthers) {
  const Pty pty;
  Terminal terminal{pty.terminal.get(), TerminalUse::chosen};
  terminal.take();
  EXPECT_EQ(pty.settings().c_lflag & ISIG, 0u);
  pty.type("n\x03");
  terminal.read();
  EXPECT_EQ(terminal.next_key(), KeyPress{Key::next});
  EXPECT_EQ(terminal.next_key(), KeyPress{Key::quit});
  EXPECT_EQ(terminal.next_key(), std::nullopt);
}

TEST(TerminalTest, AnEscIsAKeyOnceNothingFollowed) {
  const Pty pty;
  Terminal terminal{pty.terminal.get(), TerminalUse::chosen};
  terminal.take();
  const Time now = Clock::now();
  pty.type("\x1b");
  terminal.read(now);
  EXPECT_EQ(terminal.next_key(now), std::nullopt);
  EXPECT_EQ(terminal.deadline(), now + escape_time);
  pty.type("[C");  // not yet read
  EXPECT_EQ(terminal.next_key(now + 1s), std::nullopt);
  terminal.read(now + 1s);
  EXPECT_EQ(terminal.next_key(now + 1s), KeyPress{Key::next});
  EXPECT_EQ(terminal.deadline(), std::nullopt);
  pty.type("\x1b");
  terminal.read(now + 2s);
  EXPECT_EQ(terminal.next_key(now + 2s + escape_time), KeyPress{Key::quit});
  EXPECT_EQ(terminal.deadline(), std::nullopt);
}

TEST(TerminalTest, WithNothingToReadItGoesOnAndAtTheEndItDoesNot) {
  Pty pty;
  Terminal terminal{pty.terminal.get(), TerminalUse::chosen};
  terminal.take();
  terminal.read();
  EXPECT_NE(terminal.fd(), -1);
  pty.keyboard.reset();
  terminal.read();
  EXPECT_EQ(terminal.fd(), -1);
}

TEST(TerminalTest, IsTheSameByEveryName) {
  const Pty pty;
  const Pty other;
  const UniqueFd zero{::open("/dev/zero", O_RDONLY | O_CLOEXEC)};
  EXPECT_FALSE(is_same_terminal(pty.terminal.get(), other.terminal.get()));
  EXPECT_FALSE(is_same_terminal(zero.get(), zero.get()));
  EXPECT_FALSE(is_same_terminal(-1, -1));
  EXPECT_TRUE(holds_on(pty, [&] {
    const UniqueFd tty{::open("/dev/tty", O_RDWR | O_CLOEXEC)};
    return is_same_terminal(tty.get(), pty.terminal.get()) &&
           !is_same_terminal(tty.get(), other.terminal.get());
  }));
}

TEST(TerminalTest, StdinIsDataUnlessItIsOurTerminal) {
  const UniqueFd zero{::open("/dev/zero", O_RDONLY | O_CLOEXEC)};
  const Pty somebody_elses;
  for (const int fd : {zero.get(), somebody_elses.terminal.get(), -1}) {
    Terminal terminal{fd};
    EXPECT_EQ(terminal.saved().fd, -1);
    terminal.take();
    EXPECT_FALSE(terminal.active());
    EXPECT_EQ(terminal.fd(), -1);
    terminal.read();
    EXPECT_EQ(terminal.next_key(), std::nullopt);
  }
}

TEST(TerminalTest, InTheForegroundCtrlCStaysASignalAndCtrlZIsNone) {
  const Pty pty;
  EXPECT_TRUE(holds_on(pty, [&] {
    Terminal terminal{pty.terminal.get()};
    terminal.take();
    const termios now = pty.settings();
    pty.type("q");
    terminal.read();
    return terminal.active() && (now.c_lflag & ISIG) != 0 && (now.c_lflag & ICANON) == 0 &&
           now.c_cc[VSUSP] == _POSIX_VDISABLE && terminal.next_key() == KeyPress{Key::quit};
  }));
}

TEST(TerminalTest, TheBackgroundLeavesKeysAlone) {
  const Pty pty;
  const termios before = pty.settings();
  EXPECT_TRUE(holds_on(pty, [&] {
    const pid_t job = ::fork();
    if (job == 0) {
      ::setpgid(0, 0);
      Terminal terminal{pty.terminal.get(), TerminalUse::chosen};
      terminal.take();
      ::_exit(!terminal.active() && same(pty.settings(), before) ? 0 : 1);
    }
    int status = -1;
    ::waitpid(job, &status, 0);
    return status == 0;
  }));
}

// Made in the background, as "drm-show &", then "fg".
TEST(TerminalTest, BroughtIntoTheForegroundItTakesKeys) {
  const Pty pty;
  EXPECT_TRUE(holds_on(pty, [&] {
    const pid_t job = ::fork();
    if (job == 0) {
      ::setpgid(0, 0);
      Terminal terminal{pty.terminal.get()};
      const Time later = *terminal.deadline();
      const bool kept_off = !terminal.saved().settings && !terminal.is_found(later);
      ::signal(SIGTTOU, SIG_IGN);
      termios settings = pty.settings();  // the shell's own were others
      settings.c_cc[VERASE] = 7;
      ::tcsetattr(pty.terminal.get(), TCSANOW, &settings);
      ::tcsetpgrp(pty.terminal.get(), ::getpgrp());
      const bool found = terminal.is_found(later + 1s) && !terminal.is_found(later + 2s);
      terminal.take();
      const bool no_stop = pty.settings().c_cc[VSUSP] == _POSIX_VDISABLE;
      pty.type("q");
      terminal.read();
      const bool key = terminal.next_key() == KeyPress{Key::quit} && !terminal.deadline();
      terminal.give_back();
      ::_exit(kept_off && found && no_stop && key && same(pty.settings(), settings) ? 0 : 1);
    }
    int status = -1;
    ::waitpid(job, &status, WUNTRACED);
    return status == 0;
  }));
}

TEST(TerminalTest, ContinuedItMakesTheSettingsItsOwnAgain) {
  const Pty pty;
  const termios before = pty.settings();
  EXPECT_TRUE(holds_on(pty, [&] {
    Terminal terminal{pty.terminal.get()};
    terminal.take();
    ::tcsetattr(pty.terminal.get(), TCSANOW, &before);  // the shell, while we were stopped
    terminal.continued();
    terminal.next_key();
    const bool ours = (pty.settings().c_lflag & ICANON) == 0;
    terminal.give_back();
    return ours && same(pty.settings(), before);
  }));
}

TEST(TerminalTest, PutIntoTheBackgroundItReadsNoMore) {
  const Pty pty;
  EXPECT_TRUE(holds_on(pty, [&] {
    const pid_t job = ::fork();
    if (job == 0) {
      ::setpgid(0, 0);
      while (::tcgetpgrp(pty.terminal.get()) != ::getpgrp()) {
      }
      Terminal terminal{pty.terminal.get()};
      terminal.take();
      const bool active = terminal.active();
      ::signal(SIGTTOU, SIG_IGN);
      ::tcsetpgrp(pty.terminal.get(), ::getppid());
      pty.type("q\n");
      terminal.read();  // would stop us
      ::_exit(active && terminal.fd() == -1 ? 0 : 1);
    }
    ::setpgid(job, job);
    ::tcsetpgrp(pty.terminal.get(), job);
    int status = -1;
    ::waitpid(job, &status, WUNTRACED);
    return status == 0;
  }));
}

}  // namespace
}  // namespace drmshow
