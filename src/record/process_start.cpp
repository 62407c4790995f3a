#include "record/process_start.hpp"

#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace drmshow {

namespace {

void skip_fields(std::istream& fields, int count) {
  std::string skipped;
  for (int i = 0; i < count; ++i) fields >> skipped;
}

}  // namespace

// Fields are counted as in proc(5). The name of the program, in parentheses, may have anything in
// it.
std::optional<std::uint64_t> process_start(pid_t pid) {
  std::ifstream file{fmt::format("/proc/{}/stat", pid)};
  std::string line;
  std::getline(file, line);
  const std::size_t name_end = line.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields{line.substr(name_end + 1)};
  char state = 0;
  int threads = 0;
  std::uint64_t start = 0;
  fields >> state;          // 3
  skip_fields(fields, 16);  // 4 to 19
  fields >> threads;        // 20
  skip_fields(fields, 1);   // 21
  if (!(fields >> start)) return std::nullopt;
  // A first thread that has ended waits as a zombie for the others, which go on.
  const bool zombie = state == 'Z' || state == 'X';
  if (zombie && threads <= 1) return std::nullopt;
  return start;
}

std::string boot_id() {
  std::ifstream file{"/proc/sys/kernel/random/boot_id"};
  std::string text;
  std::getline(file, text);
  return text;
}

}  // namespace drmshow
