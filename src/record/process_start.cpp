#include "record/process_start.hpp"

#include <fstream>
#include <sstream>

#include "base/process_stat.hpp"

namespace drmshow {

namespace {

void skip_fields(std::istream& fields, int count) {
  std::string skipped;
  for (int i = 0; i < count; ++i) fields >> skipped;
}

}  // namespace

// Fields are counted as in proc(5).
std::optional<std::uint64_t> process_start(pid_t pid) {
  std::istringstream fields{process_stat(pid)};
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
