// Keys from the terminal that we were started on. The terminal is put back as it was.
#pragma once

#include <optional>

#include <termios.h>

namespace drmshow {

enum class Key { quit, other };

class Terminal {
 public:
  /// Takes keys unbuffered and without echo, if stdin is a terminal and we are in its foreground
  /// (a background job that touches the settings would be stopped). Ctrl-C still sends SIGINT.
  Terminal();
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  bool active() const { return saved_.has_value(); }
  /// To poll for input; -1 when not active or at its end (poll ignores it then).
  int fd() const;
  /// Reads what has arrived; quit if q or a lone Esc is in it. At the end of input, goes inactive.
  Key read_key();

 private:
  std::optional<termios> saved_;
  bool ended_ = false;
};

/// What a read from a terminal means: q and Q and Esc by itself quit; the escape sequences of other
/// keys do not. Pure.
Key interpret_keys(const char* bytes, std::size_t count);

}  // namespace drmshow
