// drm-show: pictures and test patterns on displays. See drm-show(1).
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "drm-show/error.hpp"
#include "show/options.hpp"
#include "show/show.hpp"

namespace {

using drmshow::Failure;

// Others choose the names of files and programs: no escape sequence of theirs gets to the terminal.
std::string printable(std::string_view text) {
  std::string safe{text};
  for (char& c : safe) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f) c = '?';
  }
  return safe;
}

// Whoever started us without stdin, stdout or stderr must not find the display device there.
void fill_standard_descriptors() {
  for (int fd = ::open("/dev/null", O_RDWR); fd >= 0; fd = ::open("/dev/null", O_RDWR)) {
    if (fd <= STDERR_FILENO) continue;
    ::close(fd);
    return;
  }
}

void print_hint(std::string_view hint) {
  while (!hint.empty()) {
    const std::size_t end = hint.find('\n');
    fmt::print(stderr, "  {}\n", hint.substr(0, end));
    if (end == std::string_view::npos) return;
    hint.remove_prefix(end + 1);
  }
}

int report(Failure failure, std::string_view what, std::string_view hint) {
  fmt::print(stderr, "drm-show: {}\n", printable(what));
  print_hint(printable(hint));
  return static_cast<int>(failure);
}

}  // namespace

int main(int argc, char** argv) {
  fill_standard_descriptors();
  // A reader that goes away must not end us with the display changed.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    if (const auto options = drmshow::parse_options(argc, argv)) drmshow::run(*options);
    return 0;
  } catch (const drmshow::Error& error) {
    return report(error.failure(), error.what(), error.hint());
  } catch (const std::bad_alloc&) {
    return report(Failure::unexpected, "out of memory", "");
  } catch (const std::exception& error) {
    return report(Failure::unexpected, error.what(), "This should not happen: please report it.");
  }
}
