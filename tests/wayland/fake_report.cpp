#include "fake_report.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace drmshow::fake {

std::int64_t now_ns() {
  using std::chrono::steady_clock;  // CLOCK_MONOTONIC, in libstdc++ and libc++
  return std::chrono::nanoseconds(steady_clock::now().time_since_epoch()).count();
}

Report::Report(const std::string& file) : file_(file) {
  if (!file_) throw std::runtime_error("cannot write " + file);
}

void Report::write(const std::string& type, nlohmann::json line) {
  line["type"] = type;
  line["time_ns"] = now_ns();
  file_ << line.dump() << std::endl;  // at once: we may be killed
}

void Report::violation(const std::string& rule, const std::string& text) {
  write("violation", {{"rule", rule}, {"text", text}});
}

}  // namespace drmshow::fake
