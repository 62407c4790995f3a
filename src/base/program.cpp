#include "base/program.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "drm-show/error.hpp"

namespace drmshow {
namespace {

std::atomic<bool> without_waiting{false};  // set by end_without_waiting()

// Whoever started us without stdin, stdout or stderr must not find the display device there.
void fill_standard_descriptors() {
  for (int fd = ::open("/dev/null", O_RDWR); fd >= 0; fd = ::open("/dev/null", O_RDWR)) {
    if (fd <= STDERR_FILENO) continue;
    ::close(fd);
    return;
  }
}

// Others choose the names of files, programs and displays: no escape sequence of theirs gets to the
// terminal.
std::string without_controls(std::string_view text) {
  std::string safe{text};
  for (char& c : safe) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f) c = '?';
  }
  return safe;
}

void print_hint(std::string_view hint) {
  while (!hint.empty()) {
    const std::size_t end = hint.find('\n');
    fmt::print(stderr, "  {}\n", hint.substr(0, end));
    if (end == std::string_view::npos) return;
    hint.remove_prefix(end + 1);
  }
}

int report(const char* name, Failure failure, std::string_view what, std::string_view hint) {
  print_problem(name, what, hint);
  return static_cast<int>(failure);
}

}  // namespace

void print_problem(const char* name, std::string_view what, std::string_view hint) {
  fmt::print(stderr, "{}: {}\n", name, without_controls(what));
  print_hint(without_controls(hint));
}

void end_without_waiting() noexcept {
  without_waiting = true;
}

namespace {

int run_and_report(const char* name, const std::function<int()>& work) {
  try {
    return work();
  } catch (const Error& error) {
    return report(name, error.failure(), error.what(), error.hint());
  } catch (const std::bad_alloc&) {
    return report(name, Failure::unexpected, "out of memory", "");
  } catch (const std::exception& error) {
    return report(name, Failure::unexpected, error.what(),
                  "This should not happen: please report it.");
  }
}

}  // namespace

int run_program(const char* name, const std::function<int()>& work) {
  fill_standard_descriptors();
  const int code = run_and_report(name, work);
  if (!without_waiting) return code;
  std::fflush(nullptr);
  std::_Exit(code);
}

}  // namespace drmshow
