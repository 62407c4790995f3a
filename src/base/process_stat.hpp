// What the kernel tells of a process (proc(5), stat).
#pragma once

#include <fstream>
#include <string>

#include <fmt/format.h>

namespace drmshow {

/// Its fields from number 3, the state, on; empty if there is no such process, or no /proc. The
/// name before them, in parentheses, may have anything in it. `pid`: a number, or "self".
template <class Pid>
std::string process_stat(const Pid& pid) {
  std::ifstream file{fmt::format("/proc/{}/stat", pid)};
  std::string line;
  std::getline(file, line);
  constexpr std::string::size_type behind = 2;  // the parenthesis and a blank
  const auto name_end = line.rfind(')');
  if (name_end == std::string::npos || name_end + behind >= line.size()) return {};
  return line.substr(name_end + behind);
}

}  // namespace drmshow
