// Logs to be judged, line by line, and what is said of them.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "model/replay.hpp"

namespace drmshow::model::test {

struct Verdict {
  bool good = false;
  std::string text;
};

inline Verdict judge(const std::string& log) {
  std::istringstream in{log};
  std::ostringstream out;
  const bool good = replay(in, out);
  return {good, out.str()};
}

// Lines without their times.
inline std::string with_times(const std::string& lines) {
  std::istringstream in{lines};
  std::string log;
  for (std::string line; std::getline(in, line);)
    log += (line.starts_with("stream ") ? "" : "1.000000000 ") + line + "\n";
  return log;
}

inline std::string log_of(const std::string& lines,
                          const char* setup = "slots 3 policy fifo outputs 1") {
  return "drm-show ring log 2\nstream 0: " + std::string{setup} + "\n" + with_times(lines);
}

inline const std::string two_shown =
    "0 0 acquire slot=0 frame=1\n"
    "0 0 submit slot=0 frame=1 fence=none\n"
    "0 0 modeset slot=0 frame=1 cookie=1\n"
    "0 0 acquire slot=1 frame=2\n"
    "0 0 submit slot=1 frame=2 fence=none\n"
    "0 0 commit slot=1 frame=2 cookie=2\n"
    "0 0 acquire slot=2 frame=3\n"
    "0 0 flip cookie=2\n";

struct Case {
  const char* what;
  std::string lines;
  const char* says;  // of a broken one
};

/// A broken one has to be refused, at its last line.
inline void expect_refused(const Case& broken, const char* setup) {
  const Verdict verdict = judge(log_of(broken.lines, setup));
  EXPECT_FALSE(verdict.good) << broken.what;
  EXPECT_NE(verdict.text.find(broken.says), std::string::npos) << broken.what << ":\n"
                                                               << verdict.text;
  const auto last = std::ranges::count(broken.lines, '\n') + 2;
  EXPECT_TRUE(verdict.text.starts_with("line " + std::to_string(last) + ": ")) << verdict.text;
}

}  // namespace drmshow::model::test
