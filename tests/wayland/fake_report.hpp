// What the fake compositor has seen, a JSON object a line: violations, frames that were shown, and
// events.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace drmshow::fake {

class Report {
 public:
  explicit Report(const std::string& file);

  // A client's mistake.
  void violation(const std::string& rule, const std::string& text);
  // Anything else; "type" and "time_ns" (CLOCK_MONOTONIC) are added.
  void write(const std::string& type, nlohmann::json line);

 private:
  std::ofstream file_;
};

// CLOCK_MONOTONIC, nanoseconds.
std::int64_t now_ns();

}  // namespace drmshow::fake
