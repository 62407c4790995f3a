#include "trace/output_log.hpp"

#include <algorithm>

namespace drmshow {

void LineSplitter::add(std::string_view bytes, Time time) {
  while (!bytes.empty()) {
    if (line_.empty()) time_ = time;
    const std::size_t room = most_line - line_.size();
    const std::size_t end = bytes.find('\n');
    const std::size_t taken = std::min({end, bytes.size(), room});
    line_ += bytes.substr(0, taken);
    bytes.remove_prefix(taken);
    if (!bytes.empty() && bytes.front() == '\n') {
      bytes.remove_prefix(1);
    } else if (line_.size() < most_line) {
      return;
    }
    take_(line_, time_);
    line_.clear();
  }
}

void LineSplitter::finish() {
  if (!line_.empty()) take_(line_, time_);
  line_.clear();
}

}  // namespace drmshow
