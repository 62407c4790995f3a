// Keys from a terminal, which is put back as it was.
#pragma once

#include <optional>

#include "drm-show/time.hpp"
#include "session/key.hpp"
#include "session/terminal_state.hpp"

namespace drmshow {

enum class TerminalUse {
  /// The one that we were started on. Keys are for us only in its foreground, where the shell may
  /// put us later (fg): the keys and settings of a background job's terminal are another job's. And
  /// a terminal that is not our controlling one is somebody else's.
  started_on,
  /// One that we have chosen (--tty). If it is not our controlling terminal its Ctrl-C could only
  /// end others, so that it is a key here.
  chosen,
};

/// Whether two descriptors are of the same terminal, by whatever names they were opened: its keys
/// must be taken by one Terminal, or each gets a part of a sequence.
bool is_same_terminal(int a, int b);

class Terminal {
 public:
  /// Looks at the terminal and changes nothing. Whatever is no terminal, or not for us, is left
  /// alone for ever: stdin may be data. `fd` is borrowed.
  explicit Terminal(int fd, TerminalUse use = TerminalUse::started_on);
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  /// What give_back() brings back; without a descriptor (-1) if the keys never are for us, without
  /// settings as long as we have been in the background only.
  const TtySettings& saved() const { return saved_; }

  /// Keys come unbuffered and without echo from here on, if they are for us.
  void take();
  /// True once we come into the foreground for the first time: then it is there to be taken, and
  /// saved() has settings.
  bool is_found(Time now = Clock::now());
  /// We were stopped, and the shell may have made the settings its own.
  void continued(Time now = Clock::now());
  /// As it was before take(). Does nothing the second time.
  void give_back() noexcept;
  bool active() const { return taken_; }

  /// To poll for input; -1 when not active, at its end or in the background (poll ignores it then).
  int fd() const { return taken_ && !ended_ && !background_since_ ? saved_.fd : -1; }
  /// Reads what has arrived. At the end of input, goes inactive.
  void read(Time now = Clock::now());
  /// The key presses, one after the other, until there are no more.
  std::optional<KeyPress> next_key(Time now = Clock::now());
  /// When to ask next_key() again although nothing was read: an Esc has to be decided then, or we
  /// may be in the foreground again.
  std::optional<Time> deadline() const;

 private:
  bool is_anothers() const;
  bool is_back(Time now);
  void look_for_foreground(Time now);

  TtySettings saved_;
  bool ours_ = true;  // our controlling terminal
  bool taken_ = false;
  bool ended_ = false;
  // Looked at last: set when we start in the background or keys arrive while the shell has us
  // there, cleared once that is over.
  std::optional<Time> background_since_{};
  KeyDecoder decoder_;
  Time read_at_{};
};

}  // namespace drmshow
